import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { exportReason, takeList } from "../platform/take-list";
import { expectNoAccess } from "../platform/no-access";
import { test } from "../platform/test";

test("an officer downloads numbers, and an auditor sees who did so, when and why", async ({
  browser,
}) => {
  const officer = await signedInPage(browser, "officer", "/segments");
  await officer.getByRole("link", { name: "Bought in the last 90 days" }).click();
  await officer.getByRole("button", { name: "Export phone numbers" }).click();
  await officer.getByRole("textbox", { name: "Reason" }).fill("Invitations to the open day");
  const download = officer.waitForEvent("download");
  await officer.getByRole("button", { name: "Download file" }).click();
  await download;

  const auditor = await signedInPage(browser, "auditor", "/audit");
  await auditor.getByRole("combobox", { name: "Type" }).selectOption("Exports");
  const row = auditor.getByRole("row", { name: /Invitations to the open day/ });
  await expect(row).toContainText("exported the numbers of a segment");
  await expect(row).toContainText("people:");
  await row.getByRole("link", { name: "segment", exact: true }).click();
  await expect(auditor.getByRole("heading", { name: "Bought in the last 90 days" })).toBeVisible();

  await auditor.goto("/audit?kind=taken");
  const stream = await (await takeList(auditor, "Download CSV")).createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  expect(Buffer.concat(parts).toString()).toContain("Invitations to the open day");
  await auditor.reload();
  await expect(auditor.getByRole("row", { name: new RegExp(exportReason) }).first()).toBeVisible();
});

test("audit entries are found by a number, which appears in no address", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/numbers");
  await page.getByRole("textbox").first().fill("+12145550142");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/numbers\/./);
  await page.goto("/audit");
  await page.getByRole("searchbox", { name: "Phone" }).fill("(214) 555-0142");
  await page.getByRole("button", { name: "Search" }).click();
  await page.waitForURL(/find=/);
  await expect(page.getByRole("row", { name: /looked up a number/ }).first()).toBeVisible();
  expect(page.url()).not.toContain("5550142");

  await page.getByRole("searchbox", { name: "Phone" }).fill("+12145559999");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("No entries found")).toBeVisible();
});

test("an auditor narrows the trail by action and days, and downloads it as NDJSON", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "auditor", "/audit");
  await page.getByRole("combobox", { name: "Type" }).selectOption("Views");
  await page.waitForURL(/kind=read/);
  await page.getByRole("combobox", { name: "Action" }).selectOption("viewed the audit trail");
  await page.waitForURL(/action=audit.read/);
  await page.getByLabel("From").fill("2020-01-01");
  await page.getByLabel("To", { exact: true }).fill("2099-12-31");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/from=2020-01-01/);
  await expect(page).toHaveURL(/kind=read/);
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toContainText("viewed the audit trail");
  // The address changes at once, and the list and its file once the server has answered.
  await expect(rows.filter({ hasNotText: "viewed the audit trail" })).toHaveCount(1);
  await expect(rows.filter({ hasText: exportReason })).toHaveCount(0);

  const stream = await (await takeList(page, "Download NDJSON")).createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  const lines = Buffer.concat(parts).toString().trim().split("\n");
  const [first] = lines.map((line): unknown => JSON.parse(line));
  expect(first).toMatchObject({ action: "audit.read", kind: "read", actor: { type: "member" } });

  await page.getByLabel("To", { exact: true }).fill("2020-01-02");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByText("No entries found")).toBeVisible();
});

test("an auditor sees whose data an officer read, and takes the list", async ({ browser }) => {
  const officer = await signedInPage(browser, "officer", "/numbers");
  await officer.getByRole("textbox").first().fill("+12145550142");
  await officer.keyboard.press("Enter");
  await officer.waitForURL(/\/numbers\/./);

  const auditor = await signedInPage(browser, "auditor", "/audit");
  await auditor.getByRole("link", { name: "Whose data was read" }).click();
  await expect(
    auditor.getByText("Choose a member or an API key, and up to 31 days."),
  ).toBeVisible();
  await auditor.getByRole("combobox", { name: "Reader" }).selectOption("Officer");
  await auditor.waitForURL(/who=member/);
  const row = auditor.getByRole("row", { name: /looked up a number/ }).first();
  await expect(row).toBeVisible();
  const file = await takeList(auditor, "Download CSV");
  expect(file.suggestedFilename()).toBe("reads.csv");
});

test("an agent may not open the audit trail, and is told why", async ({ browser }) => {
  const page = await signedInPage(browser, "agent");
  await expectNoAccess(page, "/audit", "Audit trail");
});
