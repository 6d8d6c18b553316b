import { expect, type Page } from "@playwright/test";
import { find } from "../platform/example-group";

export const allCalls = (page: Page) => page.getByRole("radio", { name: /^1?\s*All calls/ });
export const stopped = (page: Page) => page.getByRole("status").filter({ hasText: "Stopped." });

/** Opens the call page as a dialer does, with a person on the line. */
export async function onLine(page: Page, number: string) {
  await page.goto("/call");
  await find(page, number);
  await expect(page).toHaveURL(/\/call\/[\da-f-]{36}/);
  await page.goto(new URL(page.url()).pathname);
  await expect(allCalls(page)).toBeFocused();
}
