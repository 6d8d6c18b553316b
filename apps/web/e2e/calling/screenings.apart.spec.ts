import { expect } from "@playwright/test";
import { OrganizationId } from "@ringfence/core/ids";
import { ScreenCall } from "@ringfence/core/calling/screening";
import { recordCalls } from "@ringfence/services/calling/call";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { screenCall } from "@ringfence/services/calling/screening";
import { judgeCalls } from "@ringfence/services/calling/violation";
import { daysAgo, phones } from "../../testing/example-phones";
import { exampleGroup, find } from "../platform/example-group";
import { expectReadable, expectReadableAnywhere } from "../platform/looks";
import { takeList } from "../platform/take-list";
import { test } from "../platform/test";

const { installation, organizationId, signedInPage } = exampleGroup();

/** Records an allowed call, then an opt-out of the day before that was recorded later. */
async function callThenLateRefusal() {
  const of = { ...installation, organizationId: OrganizationId.parse(organizationId()) };
  const officer = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const ctx = { ...of, actor: officer };
  const call = { phone: phones.nina, seller: "bank", purpose: "marketing" };
  const { id, verdict, checked } = await screenCall(ctx, ScreenCall.parse(call));
  const at = checked.at.toISOString();
  const logged = { ...call, externalId: "screened", at, outcome: "reached", screening: id };
  await recordCalls(ctx, { rows: [logged] });
  await recordOptOut(ctx, { phone: phones.nina, channel: "import", at: daysAgo(1) });
  const scanner = { ...of, actor: { type: "job", name: "violation.scan" } } as const;
  while ((await judgeCalls(scanner, {})) > 0);
  return { id, verdict };
}

test("an officer learns from a violation why its call was allowed, and what the verdict would be today", async ({
  browser,
}) => {
  const { id, verdict } = await callThenLateRefusal();
  expect(verdict).toBe("allow");

  const page = await signedInPage(browser, "officer", "/violations");
  const row = page.getByRole("row", { name: /\+1 235 555 0117/ });
  await row.getByRole("link", { name: "Called after an opt-out" }).click();
  await page.getByRole("link", { name: "Open this call’s screening" }).first().click();

  await expect(page).toHaveURL(`/screenings/${id}`);
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText(
    "Allowed. Call to +1 235 555 0117. No check refused it.",
  );
  const facts = page.getByRole("region", { name: "Call and facts" });
  await expect(facts).toContainText("Marketing, for Example Bank");
  await expect(page.getByRole("region", { name: "Permit and calls" })).toContainText(
    "The dialer’s log names this screening.",
  );
  const rules = page.getByRole("region", { name: "Rules that day" });
  await expect(rules).toContainText("Decided by the rule set that is still in use");
  await rules
    .getByText(/other rules in force there that day/)
    .first()
    .click();
  await expect(rules.getByText(/CFR/).first()).toBeVisible();
  await expectReadableAnywhere(page, `/screenings/${id}`);

  const again = page.getByRole("region", { name: "Screen again as of then" });
  await again.getByRole("button", { name: "Screen again" }).click();
  await expect(again.getByText("The verdict is different.")).toBeVisible();
  await expect(again.getByText("New reason: Opted out.")).toBeVisible();
  await expectReadable(page);
});

test("an officer saves filters as a view, opens it again, and downloads its list", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/screenings");
  await page.getByRole("combobox", { name: "Verdict" }).selectOption("refuse");
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Refused calls");
  await page
    .getByRole("checkbox", { name: "Share with all members who can see this list" })
    .check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Rename view" })).toBeVisible();

  const auditor = await signedInPage(browser, "auditor", "/screenings");
  await auditor.getByRole("link", { name: "Refused calls (shared)" }).click();
  await expect(auditor).toHaveURL("/screenings?verdict=refuse");
  await expect(auditor.getByRole("button", { name: "Rename view" })).toHaveCount(0);
  await expectReadable(auditor);

  const file = await takeList(page, "Download CSV");
  expect(file.suggestedFilename()).toBe("screenings.csv");
  await page.getByRole("button", { name: "Delete view" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete view" }).click();
  await expect(page.getByRole("button", { name: "Save view" })).toBeVisible();
});

test("a reason in a number’s timeline leads to its screening, where nothing has changed since", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "auditor");
  await find(page, phones.dana);
  const timeline = page.getByRole("region", { name: "Number history" });
  await timeline.getByRole("link", { name: /^screenings/ }).click();
  await timeline
    .getByRole("listitem")
    .filter({ hasText: "Refused." })
    .first()
    .getByRole("link")
    .click();
  await expect(page.getByRole("heading", { name: "Why the call was refused" })).toBeVisible();
  await page.getByRole("button", { name: "Screen again" }).click();
  await expect(page.getByRole("heading", { name: "Changes", exact: true })).toBeVisible();
  await expectReadable(page);
});

test("an unknown screening, or another organization’s, is not found", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  for (const id of [
    "0195a000-0000-7000-8000-00000000000a",
    "0195a000-0000-7000-8000-00000000000a.7",
    "nothing",
  ]) {
    const answer = await page.goto(`/screenings/${id}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
    await expect(page.getByRole("main")).toHaveCount(1);
  }
});
