import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { expectReadable, expectReadableAnywhere } from "../platform/looks";
import { connect, openAdvanced, publish, readAgain } from "./registry-steps";
import { test } from "../platform/test";

const national = "US National Do Not Call Registry";

test("an officer starts a reading of a registry, and sees the result", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/registries");
  const connected = page.getByRole("region", { name: "Connected" });
  const row = connected.getByRole("row").filter({ hasText: national });
  await expect(row).toContainText("of 31 days");
  await expect(row).toContainText("20,000");
  await expectReadable(page);

  await row.getByRole("link", { name: national }).click();
  await expect(page.getByRole("heading", { name: national, level: 1 })).toBeVisible();
  const edition = page.getByRole("row").filter({ hasText: "1, full list" });
  await expect(edition).toContainText("in force");
  const unchanged = page.getByRole("row").filter({ hasText: "No change" });
  const before = await unchanged.count(); // may include the nightly reading

  await page.goBack();
  await readAgain(page, national);
  await expect(page.getByRole("button", { name: `Update now: ${national}` })).toBeEnabled();
  await row.getByRole("link", { name: national }).click();
  await expect(unchanged).toHaveCount(before + 1);
  await expect(edition).toContainText("in force");
  await expectReadable(page);
});

test("an organization's own list is connected with a mapping that is previewed first", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer");
  publish("partner-north", 200);
  await connect(page, "Partner North", "partner-north");

  await page.getByRole("checkbox", { name: "phone" }).uncheck();
  await page.getByRole("checkbox", { name: "since" }).check();
  await expect(page.getByText("The file cannot be read this way")).toBeVisible();
  await expect(
    page.getByText(/sample\.csv, line 2: column since has no phone number/),
  ).toBeVisible();
  await expectReadable(page);
  await page.getByRole("checkbox", { name: "since" }).uncheck();
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(
    "Choose at least one phone column.",
  );
  await page.getByRole("checkbox", { name: "phone" }).check();
  await openAdvanced(page);
  await page.getByRole("textbox", { name: "Date column" }).fill("since");
  const pattern = page.getByRole("textbox", { name: "Date format" });
  await pattern.fill("DD.MM.YYYY");
  await expect(page.getByText(/line 2: the date in column since does not match/)).toBeVisible();
  await pattern.fill("YYYY-MM-DD");
  await expect(page.getByText("The latest date is 1 Jan 2026.")).toBeVisible();
  await expectReadableAnywhere(page, "a column of dates");
  await page.getByRole("button", { name: "Connect and read" }).click();

  await expect(page.getByRole("heading", { name: "Partner North", level: 1 })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("200");
  await expect(page.getByText("Date column: since, format YYYY-MM-DD")).toBeVisible();

  publish("partner-north", 210, "2025-12-31");
  await readAgain(page, "Partner North");
  await expect(page.getByRole("group", { name: "An edition is held for review" })).toContainText(
    "The edition of 31 Dec 2025 is older than the one in force, of 1 Jan 2026.",
  );
});

test("an edition that lost too many numbers is held until an officer accepts or rejects it", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer");
  publish("partner-south", 200);
  await connect(page, "Partner South", "partner-south");
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("in force");

  publish("partner-south", 20);
  await readAgain(page, "Partner South");
  const held = page.getByRole("group", { name: "An edition is held for review" });
  await expect(held).toContainText("The list went from 200 to 20 numbers");
  await expect(held.getByRole("row", { name: /^Removed/ })).toContainText("180");
  await held.getByRole("button", { name: "Reject" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Enter a reason.");
  await expectReadable(page);
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Their export was cut off");
  await dialog.getByRole("button", { name: "Reject" }).click();
  const rejected = page.getByRole("row").filter({ hasText: "rejected" });
  await expect(rejected.first()).toContainText(/Rejected by Officer, .*: Their export was cut off/);
  await expect(held).toHaveCount(0);

  publish("partner-south", 30);
  await readAgain(page, "Partner South");
  await held.getByRole("button", { name: "Accept" }).click();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("They confirmed it");
  await dialog.getByRole("button", { name: "Accept" }).click();
  await expect(page.getByRole("row").filter({ hasText: "2, full list" })).toContainText("in force");
});

test("a failed reading says why, and works after the cause is corrected", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  publish("partner-west", 50);
  await connect(page, "Partner West", "nowhere");
  await page.getByRole("button", { name: "Connect and read" }).click();
  const failed = page.getByRole("group", { name: "The registry could not be read" });
  await expect(failed).toContainText("nowhere");
  await expect(page.getByText("No edition has been read")).toBeVisible();
  await expectReadable(page);

  await page.getByRole("link", { name: "Change" }).click();
  await page.getByRole("textbox", { name: "Folder" }).fill("partner-west");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("50");
  await expect(failed).toHaveCount(0);
});

test("an officer sets the update schedule for all registries and for one", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/registries");
  await page.getByRole("link", { name: "Update schedule" }).click();
  await page.getByLabel("Not before").fill("03:30");
  await page.getByLabel("Spread over, minutes").fill("0");
  for (const day of ["Saturday", "Sunday"]) await page.getByLabel(day).uncheck();
  await expectReadable(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Registries", level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "Update schedule" }).click();
  await expect(page.getByLabel("Not before")).toHaveValue("03:30");
  await expect(page.getByLabel("Sunday")).not.toBeChecked();

  publish("partner-west", 200);
  await connect(page, "Partner West", "partner-west");
  await openAdvanced(page);
  await page.getByLabel("Schedule", { exact: true }).selectOption("Its own schedule");
  await page.getByLabel("Spread over, minutes").fill("900");
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByText("Enter 0 to 720 minutes.")).toBeVisible();
  await page.getByLabel("Spread over, minutes").fill("30");
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByText("On its own schedule")).toBeVisible();
  await expectReadable(page);
});

test("the pages show how a list grew, and which contacts lack a fresh list", async ({
  browser,
}) => {
  // Contacts are counted within a minute after the start.
  test.slow();
  const page = await signedInPage(browser, "officer");
  publish("partner-growing", 200);
  await connect(page, "Partner Growing", "partner-growing");
  await page.getByRole("button", { name: "Connect and read" }).click();
  await expect(page.getByRole("row").filter({ hasText: "1, full list" })).toContainText("in force");
  publish("partner-growing", 230);
  await readAgain(page, "Partner Growing");
  const grown = "From 200 numbers to 230 over the editions shown";
  await expect(page.getByRole("img", { name: grown })).toBeVisible();
  await expect(page.getByRole("img", { name: /^30 numbers added and 0 removed/ })).toBeVisible();
  await expectReadableAnywhere(page, "how a registry grew");

  await page.goto("/registries");
  await expect(page.getByRole("img", { name: grown })).toBeVisible();
  const covered = page.getByRole("region", { name: "Contacts without an up-to-date registry" });
  await expect(async () => {
    await page.reload();
    await expect(covered.getByRole("table")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const states = covered.getByRole("row").filter({ hasText: national }).first();
  await expect(states).toContainText("fresh");
  await expectReadableAnywhere(page, "registries with contacts counted");
});
