import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

test("an officer writes and publishes a text, and publishes a form with it", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "officer", "/disclosures/new");
  await page.getByLabel("Name", { exact: true }).fill("Cards by phone");
  await page.getByLabel("What the person reads").fill("Demo Bank may call me about its cards.");
  await page.getByRole("textbox", { name: "How to withdraw" }).fill("On any call");
  await page.getByRole("checkbox", { name: "Cards" }).check();
  await page.getByRole("checkbox", { name: "live calls" }).check();
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByRole("button", { name: "Publish this version" }).click();
  await expect(page.getByText("Enter how long the data is kept.")).toBeVisible();
  await page.getByRole("textbox", { name: "Retention period" }).fill("Five years");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("Forms use it only after you publish it")).toBeVisible();
  await page.getByRole("button", { name: "Publish this version" }).click();
  await expect(page.getByRole("heading", { name: "Version 1" })).toBeVisible();

  await page.goto("/forms/new");
  await page.getByLabel("Name", { exact: true }).fill("Cards desk");
  await page.getByRole("checkbox", { name: /Cards by phone/ }).check();
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByRole("link", { name: /\/f\/[0-9a-f]{64}$/ })).toBeVisible();
  await expectReadable(page);

  for (const [link, heading] of [
    ["Paper form", "Cards desk"],
    ["Phone script", "Cards desk"],
  ] as const) {
    const here = page.url();
    await page.getByRole("link", { name: link }).click();
    await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
    await expectReadable(page);
    await page.goto(here);
  }
});
