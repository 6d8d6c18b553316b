import { expect, type Page } from "@playwright/test";

export const allCalls = (page: Page, name = /^1?\s*All calls/) => page.getByRole("radio", { name });
export const stopped = (page: Page) => page.getByRole("status").filter({ hasText: "Stopped." });

const english = { field: "Phone number", find: "Find", all: /^1?\s*All calls/ };

/** Opens the call page as a dialer does, with a person on the line. */
export async function onLine(page: Page, number: string, words = english) {
  await page.goto("/call");
  await page.getByRole("textbox", { name: words.field }).fill(number);
  await page.getByRole("button", { name: words.find, exact: true }).click();
  await expect(page).toHaveURL(/\/call\/[\da-f-]{36}/);
  await page.goto(new URL(page.url()).pathname);
  await expect(allCalls(page, words.all)).toBeFocused();
}
