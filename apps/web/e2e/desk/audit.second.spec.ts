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

test("an agent may not open the audit trail, and is told why", async ({ browser }) => {
  const page = await signedInPage(browser, "agent");
  await expectNoAccess(page, "/audit", "Audit trail");
});
