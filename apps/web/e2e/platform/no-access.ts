import { expect, type Page } from "@playwright/test";

/** Opens a page that an agent may not see, and expects to be told so. */
export async function expectNoAccess(page: Page, path: string, name: string) {
  const answer = await page.goto(path);
  expect(answer?.status()).toBe(403);
  await expect(
    page.getByRole("group", { name: `You don’t have access to “${name}” as an agent.` }),
  ).toBeVisible();
}
