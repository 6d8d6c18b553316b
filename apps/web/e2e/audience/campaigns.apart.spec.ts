import { readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, expect, type Page } from "@playwright/test";
import { makeMarket } from "../../testing/make-market";
import { openInstallation } from "../../testing/open-installation";
import { box, draftCampaign, makeOffer, press } from "./campaign-steps";
import { openSignedInPage } from "../platform/demo";
import { expectReadableAnywhere } from "../platform/looks";
import { buildRule, count, expectExplained, step } from "./segment-steps";
import { test } from "../platform/test";

/** The tests build on each other, from a rule to calls. */
test.describe.configure({ mode: "serial" });

const installation = openInstallation();
let made: Awaited<ReturnType<typeof makeMarket>>;
test.beforeAll(async () => {
  made = await makeMarket(installation);
});
test.afterAll(() => installation.db.close());

const { api }: { api: string } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../../../../.ringfence/e2e/demo.json"), "utf8"),
);

/** Sends a request as the dialer, with its key. */
async function dial(page: Page, address: string, rows?: object) {
  const headers = { authorization: `Bearer ${made.key}` };
  const options = rows ? { headers, data: rows } : { headers };
  const answer = await page.request[rows ? "post" : "get"](`${api}/v1/${address}`, options);
  return { status: answer.status(), answer: await answer.json() };
}

async function signedInPage(browser: Browser, who: "marketer" | "officer", from = "/") {
  const page = await openSignedInPage(browser, made.members[who]);
  await page.goto(from);
  return page;
}

const history = (page: Page) => page.getByRole("region", { name: "History" });
/** Path of the campaign, once the marketer has drafted it. */
let campaign = "";

test(
  "a marketer builds a segment of three levels with keyboard and mouse, and sees who may be called",
  { tag: "@persona" },
  async ({ browser }) => {
    test.slow();
    const page = await signedInPage(browser, "marketer", "/segments");
    await page.getByRole("link", { name: "New segment" }).click();
    await box(page, "Name").fill("Abroad, or bought");
    await expect(count(page)).toBeVisible();
    const { people } = made;
    expect(await buildRule(page)).toEqual(people);

    await press(page, "Save");
    await expect(page.getByRole("heading", { name: "Abroad, or bought", level: 1 })).toBeVisible();
    await expect(page.getByText(/^Screened /)).toBeVisible({ timeout: 60_000 });
    await expect(step(page, /^Segment/)).toContainText(String(people.built));
    await expectExplained(page);
  },
);

test(
  "their campaign is rejected with a comment, and approved once it is corrected",
  { tag: "@persona" },
  async ({ browser }) => {
    test.slow();
    const marketer = await signedInPage(browser, "marketer", "/offers");
    await expect(marketer.getByText("No offers yet")).toBeVisible();
    await makeOffer(marketer);
    await draftCampaign(marketer);
    await expect(marketer.getByText(/^Screened /)).toBeVisible({ timeout: 60_000 });
    await marketer.reload();
    await expect(marketer.getByText(/^Hello, Person 1! Acme has a loan/)).toBeVisible();
    await expectReadableAnywhere(marketer, "pre-flight");
    await press(marketer, "Send for review");
    await expect(history(marketer)).toContainText("Sent for review");
    await expect(marketer.getByRole("button", { name: "Approve" })).toHaveAccessibleDescription(
      "For officers",
    );

    campaign = new URL(marketer.url()).pathname;
    const officer = await signedInPage(browser, "officer", campaign);
    await review(marketer, officer);
  },
);

test("an officer confirms the duties of the caller before it starts, and withdraws a wrong confirmation", async ({
  browser,
}) => {
  test.slow();
  const marketer = await signedInPage(browser, "marketer", campaign);
  const officer = await signedInPage(browser, "officer", campaign);
  await confirmDuties(marketer, officer);
  expect((await dial(marketer, "campaigns/spring/calls")).status).toBe(409);
  await marketer.reload();
  await press(marketer, "Start");
  await expect(marketer.getByRole("region", { name: "Calls for the dialer" })).toContainText(
    "/v1/campaigns/spring/calls",
  );
  await expect(marketer.getByRole("button", { name: "Download file" })).toHaveAccessibleDescription(
    "For owners and officers",
  );
  await withdrawDuty(marketer, officer);
});

test("its calls are handed over, it pauses itself after too many refusals, and is resumed and ended", async ({
  browser,
}) => {
  test.slow();
  const marketer = await signedInPage(browser, "marketer", campaign);
  const officer = await signedInPage(browser, "officer", campaign);
  const { answer } = await dial(marketer, "campaigns/spring/calls?limit=30");
  expect(answer.items).toHaveLength(30);
  const [{ phone, permit }] = answer.items;
  const verify = () => dial(marketer, "permits/verify", { phone, permit });
  expect((await verify()).answer.verdict).toBe("allow");

  // People whom the rule excludes have consented to calls as well.
  await takeFile(officer, made.callable - 30);
  await logAndPause(marketer, answer.items);
  expect((await verify()).answer.verdict).toBe("refuse");
  await expectReadableAnywhere(marketer, "results");
  await marketer.goto("/campaigns");
  await expect(marketer.getByRole("row", { name: /Spring loans/ })).toContainText(
    "paused automatically",
  );
  await expectReadableAnywhere(marketer, "campaigns");
  await expect(marketer.getByRole("link", { name: "Campaigns 1 needs attention" })).toBeVisible();
  await officer.goto("/");
  await expect(officer.getByText("The campaign “Spring loans” paused automatically")).toBeVisible();
  await officer.getByRole("link", { name: "Open campaign" }).click();
  await marketer.getByRole("link", { name: "Spring loans" }).click();
  await expect(marketer.getByRole("button", { name: "Resume" })).toHaveAccessibleDescription(
    /Only an officer can resume it/,
  );
  expect((await dial(marketer, "campaigns/spring/calls")).status).toBe(409);
  await officer.reload();
  await press(officer, "Resume");
  await expect(history(officer)).toContainText("Resumed");

  await press(officer, "End");
  const asked = officer.getByRole("alertdialog");
  await expect(asked).toContainText("You cannot undo this");
  await asked.getByRole("button", { name: "End" }).click();
  await expect(history(officer)).toContainText("Ended");
});

/** An officer rejects the campaign with a comment, then approves the corrected one. */
async function review(marketer: Page, officer: Page) {
  await press(officer, "Reject");
  await expect(officer.getByText(/^Say what the author should fix/)).toBeVisible();
  await box(officer, "Comment").fill("Say how long the loan runs.");
  await press(officer, "Reject");
  await expect(history(officer)).toContainText("Say how long the loan runs.");
  await marketer.reload();
  await expect(history(marketer)).toContainText("Say how long the loan runs.");
  await press(marketer, "Send for review");
  await expect(marketer.getByRole("button", { name: "Approve" })).toBeVisible();
  await officer.reload();
  await press(officer, "Approve");
  await expect(history(officer)).toContainText("Approved");
}

const dutiesOn = (page: Page) => page.getByRole("region", { name: "Duties of the caller" });

/** The marketer cannot start before an officer has confirmed what the law asks of the caller. */
async function confirmDuties(marketer: Page, officer: Page) {
  await marketer.reload();
  await expect(marketer.getByRole("button", { name: "Start" })).toHaveAccessibleDescription(
    /^8 duties of the caller are not confirmed \(US, US-NJ, US-TX\)/,
  );
  await expect(dutiesOn(marketer)).toContainText("0 of 8 confirmed");
  const texanDuty = marketer.getByRole("region", { name: /^Texas/ }).getByRole("button");
  await expect(texanDuty).toHaveAccessibleDescription("For owners and officers");
  await expectReadableAnywhere(marketer, "unconfirmed duties");
  const page = await marketer.context().newPage();
  await page.goto("/campaigns");
  await expect(page.getByRole("row", { name: /Spring loans/ })).toContainText(
    "8 duties to confirm",
  );
  expect((await dial(page, "campaigns/spring/duties")).answer.open).toBe(8);
  await page.close();

  await officer.reload();
  const texas = officer.getByRole("region", { name: /^Texas/ });
  await texas.getByText("Add details").click();
  await texas.getByRole("textbox", { name: "Reference" }).fill("TS-2041");
  await texas.getByRole("button", { name: /^Confirm:/ }).focus();
  await officer.keyboard.press("Enter");
  await expect(texas).toContainText("Reference: TS-2041");
  const jersey = officer.getByRole("region", { name: /^New Jersey/ });
  await jersey.getByRole("button", { name: /^Confirm: Register with the Division/ }).click();
  await expect(dutiesOn(officer)).toContainText("2 of 8 confirmed");
  await jersey.getByRole("button", { name: /^Confirm: Within 30 seconds/ }).click();
  // The five federal duties of a sales campaign.
  for (const confirmed of [3, 4, 5, 6, 7]) {
    await expect(dutiesOn(officer)).toContainText(`${confirmed} of 8 confirmed`);
    await dutiesOn(officer)
      .getByRole("button", { name: /^Confirm: / })
      .first()
      .click();
  }
  await expect(dutiesOn(officer)).toContainText("8 of 8 confirmed");
  await expectReadableAnywhere(officer, "confirmed duties");
}

/** Withdraws a wrong confirmation: calls to Texas stop until the officer confirms again, with an early last day. */
async function withdrawDuty(marketer: Page, officer: Page) {
  const countOpen = async () => (await dial(marketer, "campaigns/spring/duties")).answer.open;
  await officer.reload();
  const texas = officer.getByRole("region", { name: /^Texas/ });
  await texas.getByRole("button", { name: /^Withdraw the confirmation: / }).click();
  const dialog = officer.getByRole("dialog");
  await box(officer, "Reason").fill("The registration number is wrong.");
  await expectReadableAnywhere(officer, "withdrawing a duty");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(texas).toContainText("The last confirmation was withdrawn.");
  await expect(dutiesOn(officer)).toContainText("Calls to some places are refused");
  await expectReadableAnywhere(officer, "a withdrawn duty");
  expect(await countOpen()).toBe(1);

  const inTenDays = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await texas.getByText("Add details").click();
  await texas.getByRole("textbox", { name: "Reference" }).fill("TS-2042");
  await texas.getByLabel("Valid until").fill(inTenDays);
  await texas.getByRole("button", { name: /^Confirm: / }).click();
  await expect(texas).toContainText(/Valid for (9|10|11) more days\. After that, calls there are/);
  await expect(texas.getByRole("button", { name: /^Confirm again: / })).toBeVisible();
  await dutiesOn(officer)
    .getByText(/^Confirmation history/)
    .click();
  await expect(dutiesOn(officer)).toContainText(
    "Withdrawn by M. Olsen: The registration number is wrong.",
  );
  await expectReadableAnywhere(officer, "a duty that ends soon");
  expect(await countOpen()).toBe(0);
}

async function takeFile(officer: Page, calls: number) {
  await officer.reload();
  await press(officer, "Download file");
  await box(officer, "Reason").fill("The dialer of the night takes files.");
  await expectReadableAnywhere(officer, "taking a file");
  const download = officer.waitForEvent("download");
  await officer.getByRole("dialog").getByRole("button", { name: "Download file" }).click();
  const file = readFileSync(await (await download).path(), "utf8");
  expect(file).toContain("Phone,Permit,Permit expires,Screening");
  const [, ...lines] = file.trim().split("\n");
  expect(lines).toHaveLength(calls);
  expect(lines.filter((line) => !/^\+\d{7,15},/.test(line))).toEqual([]);
  await screenAgain(officer, file, calls);
}

/** Screens the downloaded file unchanged. */
async function screenAgain(officer: Page, file: string, calls: number) {
  const page = await officer.context().newPage();
  await page.goto("/scrubs/new");
  const buffer = Buffer.from(file);
  const chosen = { name: "calls.csv", mimeType: "text/csv", buffer };
  await page.getByLabel("File of numbers").setInputFiles(chosen);
  const shown = Math.min(calls, 8);
  await expect(
    page.getByText(`${shown} of ${shown} rows shown contain a valid number.`),
  ).toBeVisible();
  await press(page, "Upload and screen");
  await expect(page.getByText(`of ${calls} may be called`)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Invalid number" })).toHaveCount(0);
  await page.close();
}

/** Sends the dialer's log: five people accept, the others refuse the loan. */
async function logAndPause(page: Page, items: { phone: string; screening: string }[]) {
  const log = items.map(({ phone, screening }, index) => ({
    externalId: `e2e-${screening}`,
    phone,
    screening,
    purpose: "marketing",
    campaign: "spring",
    at: new Date().toISOString(),
    outcome: index < 5 ? "accepted" : "refused",
  }));
  expect((await dial(page, "calls", log)).answer.accepted).toBe(30);
  await page.reload();
  await expect(
    page.getByRole("group", { name: "This campaign paused automatically" }),
  ).toBeVisible();
  await expect(page.getByText(/^25 of 30 people reached refused/)).toBeVisible();
  const results = page.getByRole("row", { name: /this campaign/ });
  await expect(results).toContainText("5 of 30, 16.7%");
  await expect(results).toContainText("(7.3% to 33.6%)");
}
