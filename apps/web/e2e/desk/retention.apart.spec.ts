import { type Browser, expect, type Page } from "@playwright/test";
import { makeMember } from "../../testing/make-caller";
import { makeEmpty } from "../../testing/make-empty";
import { openInstallation } from "../../testing/open-installation";
import { openSignedInPage } from "../platform/demo";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const installation = openInstallation();
let members: Record<"owner" | "officer", { email: string; password: string }>;
test.beforeAll(async () => {
  const { ctx, owner } = await makeEmpty(installation);
  members = { owner, officer: await makeMember(ctx, "officer") };
});
test.afterAll(() => installation.db.close());

async function signedInPage(browser: Browser, who: keyof typeof members, from: string) {
  const page = await openSignedInPage(browser, members[who]);
  await page.goto(from);
  return page;
}

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function giveReason(page: Page, text: string) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill(text);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
}

test("two officers decide how long records are kept, and lift a legal hold", async ({
  browser,
}) => {
  test.slow();
  const owner = await signedInPage(browser, "owner", "/retention");
  await expect(section(owner, "Periods in force")).toContainText("everything is kept");
  await owner.getByRole("link", { name: "Propose periods" }).click();
  await owner.getByLabel("Calls", { exact: true }).fill("400");
  await owner.getByLabel("Reason").fill("Our data protection officer asked for it.");
  await expectReadableAnywhere(owner, "the form for retention periods");
  await owner.getByRole("button", { name: "Propose", exact: true }).click();

  const proposal = section(owner, "Waiting for another officer");
  const calls = proposal.getByRole("row", { name: /^Calls/ });
  await expect(calls).toContainText("400 days");
  await expect(calls).toContainText("United States");
  await expect(proposal.getByRole("button", { name: "Publish" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expectReadableAnywhere(owner, "a proposal of one's own");

  const officer = await signedInPage(browser, "officer", "/retention");
  await section(officer, "Waiting for another officer")
    .getByRole("button", { name: "Publish" })
    .click();
  await giveReason(officer, "I have compared it with the law.");
  await expect(section(officer, "Waiting for another officer")).toHaveCount(0);
  await expect(section(officer, "Periods in force")).toContainText("400 days");

  await section(officer, "Legal holds")
    .getByRole("button", { name: "Place a hold on everything" })
    .click();
  await giveReason(officer, "A court asked for all calls.");
  const holds = section(officer, "Legal holds");
  await expect(holds).toContainText("A court asked for all calls.");
  await holds.getByRole("button", { name: "Propose to lift it" }).click();
  await giveReason(officer, "The case is closed.");
  await expect(holds.getByRole("button", { name: "Lift the hold" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );

  await owner.reload();
  await section(owner, "Legal holds").getByRole("button", { name: "Lift the hold" }).click();
  await expect(section(owner, "Legal holds")).toContainText("Lifted");
  await expectReadableAnywhere(owner, "the page of retention");
});
