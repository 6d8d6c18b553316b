import { type Browser, expect } from "@playwright/test";
import { makeMember } from "../../testing/make-caller";
import { makeEmpty } from "../../testing/make-empty";
import { openInstallation } from "../../testing/open-installation";
import { settle, signInAs } from "../platform/demo";
import { expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const installation = openInstallation();
test.afterAll(() => installation.db.close());

/** An organization at its start with two officers. */
async function twoOfficers(browser: Browser) {
  const { ctx } = await makeEmpty(installation);
  const signedIn = async () => {
    const page = await (await browser.newContext()).newPage();
    await signInAs(page, await makeMember(ctx, "officer"), "/policy");
    return page;
  };
  return { writer: await signedIn(), publisher: await signedIn() };
}

const rule = "At most 2 calls to a person in 7 days, whoever calls.";

test("an officer writes a policy, another publishes it, and it can be replaced", async ({
  browser,
}) => {
  const { writer, publisher } = await twoOfficers(browser);
  await expect(writer.getByText("No rules of your own")).toBeVisible();
  await writer.getByRole("button", { name: "New draft" }).click();
  await writer.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(writer.getByRole("heading", { level: 1 })).toHaveText("Draft: All sellers");

  await writer.getByRole("button", { name: "Add: Frequency cap" }).click();
  const dialog = writer.getByRole("dialog");
  await dialog.getByLabel("Calls", { exact: true }).fill("2");
  await dialog.getByLabel("Number of days").fill("7");
  await dialog.getByLabel("Note").fill("Customers asked for fewer calls.");
  await dialog.getByRole("button", { name: "Save" }).click();
  const changes = writer.getByRole("region", { name: "What it changes" });
  await expect(changes).toContainText(rule);

  // Florida's law closes at eight.
  await writer.getByRole("button", { name: "Add: Calling hours" }).click();
  await dialog.getByLabel("Monday").first().check();
  await dialog.getByLabel("Until").first().fill("21:00");
  await dialog.getByText("Only for some calls").click();
  await dialog.getByLabel("Place").selectOption("Florida (US)");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The law of “US-FL” is stricter");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expectReadableAnywhere(writer, "a draft of a policy");

  await expect(writer.getByRole("button", { name: "Publish" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await publisher.reload();
  await publisher.getByRole("link", { name: "Draft: All sellers" }).click();
  await publisher.getByRole("button", { name: "Publish" }).click();
  const publishing = publisher.getByRole("dialog");
  await publishing.getByLabel("Reason").fill("The board decided it in May.");
  await publishing.getByRole("button", { name: "Save" }).click();
  const inForce = publisher.getByRole("region", { name: "In force" });
  await expect(inForce).toContainText(rule);
  await expect(inForce).toContainText("The board decided it in May.");
  await expectReadableAnywhere(publisher, "a policy in force");

  await settle(publisher, { locale: "ru" });
  await publisher.reload();
  await expect(publisher.getByRole("heading", { level: 1 })).toHaveText("Политика");
  await expect(publisher.getByText("Не больше 2 звонков человеку за 7 дней")).toBeVisible();
  await expectReadableAnywhere(publisher, "a policy in Russian");
});
