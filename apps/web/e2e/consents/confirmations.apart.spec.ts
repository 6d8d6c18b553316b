import { type Page, expect } from "@playwright/test";
import { submitFormAndTakeMailLink } from "../../testing/form-confirmed-by-mail";
import { makeShop } from "../../testing/make-shop";
import { openInstallation } from "../../testing/open-installation";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

const installation = openInstallation();
test.afterAll(() => installation.db.close());

/**
 * Submits a form of Acme that is confirmed by mail. Returns the link's path, and a reader of what was
 * recorded.
 */
async function scene(page: Page) {
  const ctx = await makeShop(installation);
  const { organizationId } = ctx;
  const { path } = await submitFormAndTakeMailLink(ctx, page);
  const types = async () => {
    const events = await installation.db.prisma.consentEvent.findMany({
      where: { organizationId },
      orderBy: { id: "asc" },
    });
    return events.map(({ type }) => type);
  };
  return { path, types };
}

test("a person confirms by a link in a mail, with one tap and without scripts", async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-US" });
  const page = await context.newPage();
  const { path, types } = await scene(page);
  await page.goto(path);
  await expect(page.getByRole("heading", { name: "Do you agree?" })).toBeVisible();
  await expect(page.getByText("Acme may call me about its offers")).toBeVisible();
  expect(await types()).toEqual(["requested"]); // a mail scanner that opens the link confirms nothing

  await page.getByRole("button", { name: "Yes, I agree" }).click();
  await expect(page.getByRole("heading", { name: "You confirmed your consent" })).toBeVisible();
  expect(await types()).toEqual(["requested", "granted"]);
});

test("a person disowns the form, and nobody may call because of it", async ({ page }) => {
  const { path, types } = await scene(page);
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(path);
  await expectReadable(page);

  await page.getByRole("button", { name: "It was not me" }).click();
  await expect(page.getByRole("heading", { name: "Your consent no longer applies" })).toBeVisible();
  expect(await types()).toEqual(["requested", "invalidated"]);
});

test("a changed link is not found", async ({ page }) => {
  const { path } = await scene(page);
  const answer = await page.goto(`${path.slice(0, -2)}xx`);
  expect(answer?.status()).toBe(404);
});
