import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

test("correcting an opt-out of a wrong number takes two officers", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/opt-outs/new");
  await page.getByRole("textbox", { name: "Phone" }).fill("+1 214 555 0171");
  await page.getByRole("button", { name: "Record the opt-out" }).click();
  const reference = (await page.getByText(/^Reference [0-9A-Z]{8}$/).innerText()).slice(-8);

  await page.goto("/opt-outs");
  await page.getByRole("link", { name: reference }).click();
  await expect(page.getByRole("heading", { name: `Opt-out ${reference}` })).toBeVisible();
  await page.getByRole("button", { name: "Ask another officer" }).click();
  await expect(page.getByText(/^Explain how you know/)).toBeVisible();
  await page.getByRole("textbox", { name: "Correct number" }).fill("+1 214 555 0172");
  await page.getByRole("textbox", { name: "How do you know?" }).fill("Heard on the recording.");
  await expectReadable(page);
  await page.getByRole("button", { name: "Ask another officer" }).click();

  await expect(page.getByRole("heading", { name: "Waiting for another officer" })).toBeVisible();
  await expect(page.getByText("+1 214 555 0172")).toBeVisible();
  await expect(
    page.getByRole("button", { name: "Accept and lift this opt-out" }),
  ).toHaveAccessibleDescription("You proposed this, so another person has to accept it.");

  const other = await signedInPage(browser, "owner", "/opt-outs");
  await other.getByRole("link", { name: `Open ${reference}` }).click();
  await expectReadable(other);
  await other.getByRole("button", { name: "Accept and lift this opt-out" }).click();
  await expect(other.getByRole("group", { name: /^Corrected/ })).toBeVisible();
  await expect(other.getByRole("button", { name: /Accept/ })).toHaveCount(0);
  await expectReadable(other);

  await page.goto("/opt-outs");
  await expect(page.getByRole("row", { name: reference })).toContainText(
    "recorded for the wrong number",
  );
  const right = page.getByRole("row", { name: /\+1 214 555 0172/ });
  await expect(right).toContainText("All calls");
});

test("an auditor sees a correction but cannot answer it", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/opt-outs");
  await page
    .getByRole("table")
    .getByRole("link", { name: /^[0-9A-Z]{8}$/ })
    .first()
    .click();
  await expect(
    page.getByRole("button", { name: "Ask another officer" }),
  ).toHaveAccessibleDescription(/officers/);
});
