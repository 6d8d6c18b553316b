import { expect, type Page } from "@playwright/test";
import { expectReadableAnywhere } from "../platform/looks";

export const press = (page: Page, name: string) => page.getByRole("button", { name }).click();
export const box = (page: Page, name: string) => page.getByRole("textbox", { name });

const advanced = (page: Page) => page.locator("summary", { hasText: "Advanced" });

/** Creates an offer. A priority that is out of range is shown, though its fields are folded. */
export async function makeOffer(page: Page) {
  await page.getByRole("link", { name: "New offer" }).click();
  await box(page, "Name").fill("Spring loan");
  await box(page, "Script (English)").fill(
    "Hello, {contact.name|dear customer}! {seller.name} has a loan.",
  );
  const priority = page.getByRole("spinbutton", { name: "Priority" });
  await advanced(page).click();
  await priority.fill("0");
  await advanced(page).click();
  await expect(priority).toBeHidden();
  await press(page, "Save");
  await expect(priority).toBeVisible();
  await priority.fill("50");
  await press(page, "Save");
  await expect(page.getByText(/^The script does not say that the person can refuse/)).toBeVisible();
  await expectReadableAnywhere(page, "a script that is refused");
  await box(page, "Script (English)").fill(
    "Hello, {contact.name|dear customer}! {seller.name} has a loan. You may refuse our calls at any time.",
  );
  await press(page, "Save");
  await expect(page.getByRole("heading", { name: "Spring loan", level: 1 })).toBeVisible();
}

/** Drafts a campaign. Hours that end before they begin are shown, though their fields are folded. */
export async function draftCampaign(page: Page) {
  await page.goto("/campaigns");
  await expect(page.getByText("No campaigns yet")).toBeVisible();
  await page.getByRole("link", { name: "New campaign" }).click();
  await box(page, "Name").fill("Spring loans");
  await box(page, "Key").fill("spring");
  await page.getByRole("combobox", { name: "Segment" }).selectOption("Abroad, or bought");
  await box(page, "Caller ID").fill("(202) 555-0199");
  await advanced(page).click();
  await page.getByRole("checkbox", { name: "Sat" }).check();
  await page.getByRole("checkbox", { name: "Sun" }).check();
  await box(page, "From").fill("00:00");
  await box(page, "Until").fill("00:00");
  await page.getByRole("spinbutton", { name: "Refusal limit" }).fill("10");
  await advanced(page).click();
  await press(page, "Save draft");
  await expect(page.getByText("Enter a time later than the start.")).toBeVisible();
  await box(page, "Until").fill("24:00");
  await expect(page.getByText("Enter a time later than the start.")).toHaveCount(0);
  await expectReadableAnywhere(page, "a new campaign");
  await press(page, "Save draft");
  await expect(page.getByRole("heading", { name: "Spring loans", level: 1 })).toBeVisible();
}
