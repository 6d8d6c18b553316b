import { expect } from "@playwright/test";
import { phones } from "../../testing/example-phones";
import { openOtherSession } from "../platform/demo";
import { exampleGroup, find, verdict } from "../platform/example-group";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const { installation, members, signedInPage } = exampleGroup();

test("an officer sees at once that a number may not be called, and why", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  await expect(page.getByRole("textbox", { name: "Phone number" })).toBeFocused();
  await find(page, "(214) 555-0142");

  await expect(verdict(page)).toContainText(
    /^Do not call \+1 214 555 0142\. Dana Whitlock opted out of all calls on \d+ \w+ \d{4}/,
  );
  await expect(page.getByText(/^Read as \+1 214 555 0142, United States/)).toBeVisible();
  const fence = page.getByRole("figure", { name: /Refused: .*Opt-outs/ });
  await expect(fence).toHaveAccessibleName(/Not checked: Texas state no-call list/);

  const reasons = page.getByRole("region", { name: /^Why not: \d reasons/ });
  await expect(reasons.getByRole("listitem").first()).toContainText("Opted out.");
  await reasons.getByRole("link", { name: "check", exact: true }).first().click();
  await expect(page).toHaveURL(/#gate-opt-outs$/);
  await expect(page.locator("#gate-registry-US-TX-DNC")).toContainText("of 60 days");

  const whose = page.getByRole("region", { name: "Whose number" });
  await whose.getByRole("link", { name: "+1 972 555 0164" }).click();
  await expect(verdict(page)).toContainText(
    "Do not call +1 972 555 0164. Dana Whitlock opted out of all calls",
  );
});

test("a number may be called, and the page says what allows it", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  await find(page, phones.nina);
  await expect(verdict(page)).toContainText(/^You may call \+1 235 555 0117\. The consent of/);
  await expect(page.getByRole("region", { name: "Why this call is allowed" })).toContainText(
    "Consent.",
  );
  await expect(page.getByRole("region", { name: "Consents", exact: true })).toContainText(
    "I agree that Example Bank may call me",
  );
});

test("no address of a look-up contains the number", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/");
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  for (const written of [phones.dana, "214.555.0142", phones.unknown]) {
    await page.goto("/");
    await find(page, written);
    await expect(verdict(page)).toContainText("Do not call");
    addresses.push(page.url(), await page.title());
  }
  expect(addresses.filter((address) => /555.?01/.test(decodeURIComponent(address)))).toEqual([]);
  await page.goto("/numbers");
  await find(page, phones.dana);
  await expect(page).toHaveURL(/\/numbers\/[\da-f-]{36}$/);
});

test("a number that is not on record is screened and not stored", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  await find(page, phones.unknown);
  await expect(verdict(page)).toContainText("There is no consent to this call");
  await expect(page.getByText("This number is not on record")).toBeVisible();
  await page.reload();
  await expect(verdict(page)).toContainText("Do not call +1 312 555 0176");

  const stranger = await openOtherSession(browser, members().officer, page.url());
  await expect(stranger.getByText("This look-up has expired")).toBeVisible();
});

test("text that is not a number is answered with the reason", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  await find(page, "the lady from Dallas");
  await expect(verdict(page)).toContainText("Not a phone number. Write the number in digits");
  const field = page.getByRole("textbox", { name: "Phone number" });
  await expect(field).toHaveValue("the lady from Dallas");
  await expect(field).toHaveAccessibleDescription(/Write the number in digits/);
  await expect(field).toBeFocused();
});

test("the timeline shows every event, by kind and page by page", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  await find(page, phones.stranger);
  const timeline = page.getByRole("region", { name: "Number history" });
  await expect(timeline.getByText("20 of 25")).toBeVisible();
  await timeline.getByRole("link", { name: "Older" }).click();
  await expect(timeline.getByText("5 of 25")).toBeVisible();
  await timeline.getByRole("link", { name: "Newer" }).click();
  await expect(timeline.getByText("20 of 25")).toBeVisible();

  await timeline.getByRole("link", { name: "opt-outs 1" }).click();
  await expect(timeline.getByText(/^Calls from Example Insurance\. On the web\./)).toBeVisible();
  await expect(page).toHaveURL(/kind=opt-out/);
});

test("a different call gets a different verdict", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  await find(page, phones.nina);
  await page.getByText("Change", { exact: true }).click();
  await page.getByLabel("Seller").selectOption("Example Insurance");
  await page.getByLabel("Dialing method").selectOption("Prerecorded message");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(
    page.getByText(/call now: Example Insurance, Marketing\. Prerecorded/),
  ).toBeVisible();
  await expect(verdict(page)).toContainText("The consent on record does not cover this call");
});

test("an agent of one seller sees nothing of another", async ({ browser }) => {
  const page = await signedInPage(browser, "agent");
  await find(page, phones.stranger);
  await expect(page.getByText(/call now: Example Bank/)).toBeVisible();
  await expect(page.getByText("Example Insurance")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "opt-outs 1" })).toHaveCount(0);
});

test("a developer is told why they may not open the page, and who may", async ({ browser }) => {
  const page = await signedInPage(browser, "developer", "/settings");
  const answer = await page.goto("/numbers");
  expect(answer?.status()).toBe(403);
  await expect(
    page.getByRole("group", { name: "You don’t have access to “Find a number” as a developer." }),
  ).toContainText("owners, officers, marketers, agents, and auditors");
  await expectReadable(page);
});

test("nobody may be called while the database does not answer", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  await find(page, phones.nina);
  await expect(verdict(page)).toContainText("You may call");

  const busy = await installation.db.pool.connect();
  await busy.query("BEGIN; LOCK TABLE opt_out IN ACCESS EXCLUSIVE MODE");
  try {
    await page.reload();
    const alert = page.getByRole("alert", { name: "Do not call anyone now" });
    await expect(alert).toBeVisible({ timeout: 15_000 });
  } finally {
    await busy.query("ROLLBACK");
    busy.release();
  }
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(verdict(page)).toContainText("You may call");
});

test("it works without scripts", async ({ browser }) => {
  const state = await (await signedInPage(browser, "officer")).context().storageState();
  const page = await (
    await browser.newContext({ javaScriptEnabled: false, storageState: state })
  ).newPage();
  await page.goto("/numbers");
  await find(page, "214 555 0142");
  await expect(verdict(page)).toContainText("Do not call +1 214 555 0142");
  await find(page, "nobody");
  await expect(verdict(page)).toContainText("Not a phone number");
});

test("Today lists what needs attention, and finds a number", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/");
  const needs = page.getByRole("region", { name: "Needs attention" });
  await expect(page.getByText(/^6 items need attention, \d of them now\./)).toBeVisible();
  await expect(needs.getByRole("heading", { name: /^Texas No-Call List is / })).toBeVisible();
  await expect(needs.getByText("Every call it covers is refused: 12 in")).toBeVisible();
  await expect(needs.getByRole("link", { name: "Review violations" })).toBeVisible();
  await needs.getByRole("link", { name: "Enter the numbers" }).click();
  await expect(page).toHaveURL("/opt-outs");

  await page.goto("/");
  await expect(page.getByRole("region", { name: "Calls by hour" })).toContainText("Opted out");
  await find(page, phones.dana);
  await expect(verdict(page)).toContainText("Do not call");
});
