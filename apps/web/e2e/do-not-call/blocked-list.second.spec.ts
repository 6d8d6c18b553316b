import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { expectReadable, expectReadableAnywhere } from "../platform/looks";
import { takeList } from "../platform/take-list";
import { test } from "../platform/test";

test("an owner has the blocked list written, and an officer downloads it", async ({ browser }) => {
  // The list is written within a minute.
  test.slow();
  const page = await signedInPage(browser, "owner", "/endpoints");
  await page.getByRole("link", { name: "Blocked list file" }).click();
  await expect(page.getByRole("heading", { name: "Blocked list", level: 1 })).toBeVisible();
  await page
    .getByRole("combobox", { name: "Blocked list" })
    .selectOption({ label: "On schedule and after changes" });
  await page.getByLabel("Purpose").fill("The dialer keeps its own list.");
  const minutes = page.getByLabel("Spread over, minutes");
  await minutes.fill("721");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(minutes).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Not before")).not.toHaveAttribute("aria-invalid");
  await expect(page.getByRole("main").getByRole("alert")).toHaveText("Enter 0 to 720 minutes.");
  await expectReadable(page);
  await minutes.fill("60");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();

  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("table")).toBeVisible({ timeout: 1_000 });
  }).toPass({ intervals: [3_000] });
  await expectReadableAnywhere(page, "the blocked list");

  const officer = await signedInPage(browser, "officer", "/endpoints/blocked-list");
  await expect(officer.getByText("For owners and developers")).toBeVisible();
  await expect(officer.getByText("Purpose: The dialer keeps its own list.")).toBeVisible();
  const download = await takeList(officer, "Download the latest edition");
  expect(download.suggestedFilename()).toMatch(/^blocked-list-\d+\.csv$/);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toMatch(/^phone,scope,seller,purpose,effective_at,reference\r\n\+\d+,/);
});
