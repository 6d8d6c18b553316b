import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

test("a marketer sees the imported activities and defines a new property", async ({ browser }) => {
  const page = await signedInPage(browser, "marketer", "/activities");
  await expect(page.getByRole("heading", { name: "Latest activities" })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Over the last 30 days there were/ })).toBeVisible();
  const types = page.getByRole("table", { name: "Types" });
  await expect(types).toContainText("purchase");

  await page.getByRole("textbox", { name: "Type" }).fill("Test drive");
  await page.getByRole("button", { name: "Add a type or a property" }).click();
  await expect(page.getByText(/^Use lowercase letters/)).toBeVisible();
  await page.getByRole("textbox", { name: "Type" }).fill("test-drive");
  await page.getByRole("textbox", { name: "Property" }).fill("minutes");
  await page.getByRole("combobox", { name: "Value type" }).selectOption("number");
  await page.getByRole("button", { name: "Add a type or a property" }).click();
  await expect(types.getByRole("row", { name: /test-drive/ })).toContainText("minutes number");
  await expectReadable(page);

  // The type of a property cannot change.
  await page.getByRole("textbox", { name: "Property" }).fill("minutes");
  await page.getByRole("combobox", { name: "Value type" }).selectOption("date");
  await page.getByRole("button", { name: "Add a type or a property" }).click();
  await expect(page.getByText(/“minutes” holds a number on record/)).toBeVisible();
});

test("an auditor can read activities but not change their types", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/activities");
  await expect(page.getByRole("button", { name: "Add a type or a property" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});
