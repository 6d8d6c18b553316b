import { type Browser, expect, type Page } from "@playwright/test";
import { LawDocument, lawDocument } from "@ringfence/core/people/jurisdiction";
import { signLawUpdate, updateLaw } from "@ringfence/services/people/jurisdiction";
import { generateSigningKey, parseSigningKey } from "@ringfence/services/platform/keys";
import { makeMember } from "../../testing/make-caller";
import { makeEmpty } from "../../testing/make-empty";
import { openInstallation } from "../../testing/open-installation";
import { openSignedInPage } from "../platform/demo";
import { find } from "../platform/example-group";
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

/** Puts a signed law in force that no longer requires Singapore's registry. */
async function putLawInForce() {
  const law = LawDocument.parse(lawDocument);
  const dayAfter = new Date(Date.parse(law.as_of) + 86_400_000).toISOString().slice(0, 10);
  const jurisdictions = law.jurisdictions.map((place) => ({
    ...place,
    rules: place.rules.filter(({ rule_id }) => rule_id !== "SG.scrub"),
  }));
  const publisher = parseSigningKey(generateSigningKey());
  const update = signLawUpdate(publisher, {
    format: "ringfence-law-update/1",
    summary: "Singapore ends its register.",
    base: null,
    removed: [],
    ...law,
    as_of: dayAfter,
    jurisdictions,
  });
  const outcome = await updateLaw(installation, {
    text: JSON.stringify(update),
    trusted: [publisher.x],
    isWanted: true,
  });
  expect(outcome.faults).toEqual([]);
}

/** Reason that the former rule gives while the organization has not connected the registry. */
const unconnected = "Singapore DNC Registry is not connected";

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const formerRule = (page: Page) => page.getByRole("row", { name: /SG\.scrub/ });

async function giveReason(page: Page, text: string) {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill(text);
  await dialog.getByRole("button", { name: "Save" }).click();
}

test("a looser law waits for two officers: one proposes, another accepts, and the former rule stops judging", async ({
  browser,
}) => {
  const caller = await signedInPage(browser, "owner", "/numbers");
  await find(caller, "+65 6123 4567");
  const reasons = caller.getByRole("region", { name: /^Why not: / });
  await expect(reasons).toContainText(unconnected);

  await putLawInForce();
  await caller.reload();
  await expect(reasons).toContainText(unconnected);

  const owner = await signedInPage(browser, "owner", "/rules?place=SG");
  await expect(formerRule(owner)).toContainText("Former rule: it also applies until two officers");
  await expectReadableAnywhere(owner, "a former rule in the list");
  await formerRule(owner)
    .getByRole("link", { name: /^Former rule/ })
    .click();

  const waiting = section(owner, "Waiting for your officers");
  await waiting.getByRole("button", { name: "Propose acceptance: rule SG.scrub" }).click();
  await giveReason(owner, "Counsel has read the new text.");
  await expect(waiting).toContainText("Waiting for another officer");
  const own = section(owner, "Proposals").getByRole("button", { name: "Accept" });
  await expect(own).toHaveAttribute("aria-disabled", "true");
  await expectReadableAnywhere(owner, "a proposal of one's own");
  await caller.reload();
  await expect(reasons).toContainText(unconnected);

  const officer = await signedInPage(browser, "officer", "/rules/updates");
  await section(officer, "Proposals").getByRole("button", { name: "Accept" }).click();
  await giveReason(officer, "I have read it too, and agree.");
  await expect(section(officer, "Waiting for your officers")).toContainText(
    "No changes are waiting.",
  );
  await expect(section(officer, "Proposals")).toContainText("Accepted by M. Olsen");
  await expect(section(officer, "Law history")).toContainText("Singapore ends its register.");

  await caller.reload();
  await expect(reasons).toBeVisible();
  await expect(reasons).not.toContainText(unconnected);
  await owner.goto("/rules?place=SG");
  await expect(owner.getByRole("row", { name: /SG\.model/ })).toBeVisible();
  await expect(formerRule(owner)).toHaveCount(0);
});
