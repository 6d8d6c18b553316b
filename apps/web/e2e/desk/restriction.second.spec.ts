import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { test } from "../platform/test";

test("an officer restricts the processing of a contact, makes an access report, and lifts the restriction after telling the person", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/contacts");
  await page.getByRole("table").getByRole("link").first().click();
  await page.waitForURL(/\/contacts\/./);
  const contact = page.url();
  await page.getByRole("combobox", { name: "Ground" }).selectOption("objection");
  await page.getByRole("button", { name: "Restrict processing" }).click();
  await expect(page.getByText(/^Processing is restricted:/)).toBeVisible();

  const downloaded = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download PDF" }).click();
  expect((await downloaded).suggestedFilename()).toMatch(/^access-report-.*\.pdf$/);

  await page.goto("/suppressions");
  await expect(page.getByText("Lift it on the contact's page").first()).toBeVisible();

  await page.goto(contact);
  await expect(page.getByText("Tell the person first, then tick the box.")).toBeVisible();
  await page
    .getByRole("checkbox", { name: "The person was told that the restriction ends" })
    .check();
  await page.getByRole("button", { name: "Lift restriction" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Lift restriction" }).click();
  await expect(page.getByText("Earlier restrictions")).toBeVisible();
  await page.getByRole("link", { name: /Who viewed or changed/ }).click();
  await expect(page.getByRole("row", { name: /restricted processing/ }).first()).toBeVisible();
});
