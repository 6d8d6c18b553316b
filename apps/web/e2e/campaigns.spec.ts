import { readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { makeCaller } from "../testing/make-caller";
import { openInstallation } from "../testing/open-installation";
import { signInAs } from "./demo";
import { expectReadableAnywhere } from "./looks";

const installation = openInstallation();
let made: Awaited<ReturnType<typeof makeCaller>>;
test.beforeAll(async () => {
  made = await makeCaller(installation);
});
test.afterAll(() => installation.db.close());

const { api }: { api: string } = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, "../../../.ringfence/e2e/demo.json"), "utf8"),
);

/** What the dialer asks with its key. */
async function dial(page: Page, address: string, rows?: object) {
  const headers = { authorization: `Bearer ${made.key}` };
  const options = rows ? { headers, data: rows } : { headers };
  const answer = await page.request[rows ? "post" : "get"](`${api}/v1/${address}`, options);
  return { status: answer.status(), answer: await answer.json() };
}

async function pageOf(browser: Browser, who: "marketer" | "officer", from = "/") {
  const page = await (await browser.newContext()).newPage();
  await signInAs(page, made.members[who], from);
  return page;
}

const press = (page: Page, name: string) => page.getByRole("button", { name }).click();
const history = (page: Page) => page.getByRole("region", { name: "History" });
const box = (page: Page, name: string) => page.getByRole("textbox", { name });

async function makeOffer(page: Page) {
  await page.getByRole("link", { name: "New offer" }).click();
  await box(page, "Name").fill("Spring loan");
  await box(page, "Script, English").fill(
    "Hello, {contact.name|dear customer}! {seller.name} has a loan.",
  );
  await press(page, "Save");
  await expect(page.getByText(/^The script does not say that the person may refuse/)).toBeVisible();
  await expectReadableAnywhere(page, "a script that is refused");
  await box(page, "Script, English").fill(
    "Hello, {contact.name|dear customer}! {seller.name} has a loan. You may refuse our calls at any time.",
  );
  await press(page, "Save");
  await expect(page.getByRole("heading", { name: "Spring loan", level: 1 })).toBeVisible();
}

async function draftCampaign(page: Page) {
  await page.goto("/campaigns");
  await expect(page.getByText("No campaigns yet")).toBeVisible();
  await page.getByRole("link", { name: "New campaign" }).click();
  await box(page, "Name").fill("Spring loans");
  await box(page, "Key").fill("spring");
  await box(page, "Caller number").fill("(202) 555-0199");
  await page.getByRole("checkbox", { name: "Sat" }).check();
  await page.getByRole("checkbox", { name: "Sun" }).check();
  await box(page, "From").fill("00:00");
  await box(page, "Until").fill("24:00");
  await page.getByRole("spinbutton", { name: "Limit of refusals" }).fill("10");
  await expectReadableAnywhere(page, "a new campaign");
  await press(page, "Save the draft");
  await expect(page.getByRole("heading", { name: "Spring loans", level: 1 })).toBeVisible();
}

test("a marketer's campaign is refused, approved and handed over, and pauses itself when people refuse", async ({
  browser,
}) => {
  test.slow();
  const marketer = await pageOf(browser, "marketer", "/offers");
  await expect(marketer.getByText("No offers yet")).toBeVisible();
  await makeOffer(marketer);
  await draftCampaign(marketer);
  await expect(marketer.getByText(/^All were screened/)).toBeVisible({ timeout: 60_000 });
  await marketer.reload();
  await expect(marketer.getByText(/^Hello, Person 1! Acme has a loan/)).toBeVisible();
  await expectReadableAnywhere(marketer, "pre-flight");
  await press(marketer, "Send to review");
  await expect(history(marketer)).toContainText("Sent to review");
  await expect(marketer.getByRole("button", { name: "Approve" })).toHaveAccessibleDescription(
    "For officers",
  );

  const officer = await pageOf(browser, "officer", new URL(marketer.url()).pathname);
  await review(marketer, officer);

  expect((await dial(marketer, "campaigns/spring/calls")).status).toBe(409);
  await marketer.reload();
  await press(marketer, "Hand over");
  await expect(marketer.getByRole("region", { name: "Hand-over" })).toContainText(
    "/v1/campaigns/spring/calls",
  );
  await expect(marketer.getByRole("button", { name: "Take a file" })).toHaveAccessibleDescription(
    "For owners and officers",
  );
  const { answer } = await dial(marketer, "campaigns/spring/calls?limit=30");
  expect(answer.items).toHaveLength(30);
  const [{ phone, permit }] = answer.items;
  const verify = () => dial(marketer, "permits/verify", { phone, permit });
  expect((await verify()).answer.verdict).toBe("allow");

  await takeFile(officer);
  await logAndPause(marketer, answer.items);
  expect((await verify()).answer.verdict).toBe("refuse");
  await expectReadableAnywhere(marketer, "results");
  await marketer.goto("/campaigns");
  await expect(marketer.getByRole("row", { name: /Spring loans/ })).toContainText("paused itself");
  await expectReadableAnywhere(marketer, "campaigns");
  await marketer.goto("/");
  await expect(marketer.getByText("The campaign “Spring loans” paused itself")).toBeVisible();
  await marketer.getByRole("link", { name: "See the campaign" }).click();
  await expect(marketer.getByRole("button", { name: "Let it go on" })).toHaveAccessibleDescription(
    /Only an officer lets it go on/,
  );
  expect((await dial(marketer, "campaigns/spring/calls")).status).toBe(409);
  await officer.reload();
  await press(officer, "Let it go on");
  await expect(history(officer)).toContainText("Let go on");

  await press(officer, "End it");
  const asked = officer.getByRole("alertdialog");
  await expect(asked).toContainText("Nothing brings it back");
  await asked.getByRole("button", { name: "End it" }).click();
  await expect(history(officer)).toContainText("Ended");
});

/** An officer refuses it, says why, and approves what comes back. */
async function review(marketer: Page, officer: Page) {
  await press(officer, "Refuse");
  await expect(officer.getByText(/^Say what is wrong/)).toBeVisible();
  await box(officer, "Why, or what to mend").fill("Say how long the loan runs.");
  await press(officer, "Refuse");
  await expect(history(officer)).toContainText("Say how long the loan runs.");
  await marketer.reload();
  await expect(history(marketer)).toContainText("Say how long the loan runs.");
  await press(marketer, "Send to review");
  await expect(marketer.getByRole("button", { name: "Approve" })).toBeVisible();
  await officer.reload();
  await press(officer, "Approve");
  await expect(history(officer)).toContainText("Approved");
}

async function takeFile(officer: Page) {
  await officer.reload();
  await press(officer, "Take a file");
  await box(officer, "What for").fill("The dialer of the night takes files.");
  await expectReadableAnywhere(officer, "taking a file");
  const download = officer.waitForEvent("download");
  await press(officer, "Take the file");
  const file = readFileSync(await (await download).path(), "utf8");
  expect(file).toContain("Phone,Permit,Permit ends,Screening");
  expect(file.trim().split("\n")).toHaveLength(31);
}

/** The dialer's log: five agree, the others do not want the loan. */
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
  await expect(page.getByRole("group", { name: "This campaign paused itself" })).toBeVisible();
  await expect(page.getByText(/^25 of 30 people reached refused/)).toBeVisible();
  const results = page.getByRole("row", { name: /this campaign/ });
  await expect(results).toContainText("5 of 30, 16.7%");
  await expect(results).toContainText("(7.3% to 33.6%)");
}
