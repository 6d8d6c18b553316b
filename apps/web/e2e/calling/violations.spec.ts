import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { postForList } from "../platform/take-list";
import { expectNoAccess } from "../platform/no-access";
import { test } from "../platform/test";

test("an officer finds the planted violation of the demo and closes it", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/violations");
  const row = page.getByRole("row", { name: /\+1 818 555 0101/ });
  await expect(row).toContainText("Called after an opt-out");
  await expect(row).toContainText("grave");
  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Assign", exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("1 row will change.");
  await dialog.getByRole("combobox", { name: "Assignee" }).selectOption("Owner");
  await dialog.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(dialog).toContainText("1 row was changed.");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(row).toContainText("Owner");
  await row.getByRole("link", { name: "Called after an opt-out" }).click();

  await expect(page.getByRole("heading", { name: "Called after an opt-out" })).toHaveCount(2);
  await expect(page.getByRole("heading", { name: "Called without a permit" })).toBeVisible();
  await expectReadable(page);

  await page.getByRole("combobox", { name: "Assignee" }).selectOption("Officer");
  await expect(page.getByText("Assigned to Officer")).toBeVisible();
  await page.getByRole("textbox", { name: "Findings and actions" }).fill("Asked the team");
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Asked the team" })).toBeVisible();

  await page.getByRole("button", { name: "Close violation" }).click();
  await expect(page.getByText(/^Write what you found out or did/)).toBeVisible();
  await page.getByRole("textbox", { name: "Findings and actions" }).fill("Dialer connected");
  await page.getByRole("button", { name: "Close violation" }).click();
  await expect(page.getByText("Closed: Cause fixed")).toBeVisible();
  await expect(page.getByRole("button", { name: "Close violation" })).toHaveCount(0);

  await page.goto("/violations");
  await expect(page.getByText("No open violations")).toBeVisible();
  await page.goto("/violations?status=closed");
  await expect(page.getByRole("row", { name: /\+1 818 555 0101/ })).toContainText("closed");
});

test("an auditor may read violations, and is told who may resolve them", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/violations?status=closed");
  await page.getByRole("link", { name: "Called after an opt-out" }).click();
  await expect(page.getByRole("heading", { name: "History", exact: true })).toBeVisible();
  const answer = await postForList(page, "/api/violations.csv?status=closed");
  expect(await answer.text()).toContain("Called after an opt-out");
});

test("an agent may not open violations, and is told why", async ({ browser }) => {
  const page = await signedInPage(browser, "agent");
  await expectNoAccess(page, "/violations", "Violations");
});
