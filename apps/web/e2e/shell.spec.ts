import { expect } from "@playwright/test";
import { pageOf } from "./demo";
import { test } from "./test";

test("the keyboard alone goes through the shell", async ({ browser }) => {
  const page = await pageOf(browser, "officer");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();

  await page.goto("/");
  for (const name of ["Skip to the page", "Ringfence", "Today", "Call", "Find a number"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name, exact: name !== "Today" }).first()).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/numbers");
  await expect(page.getByRole("link", { name: "Find a number" })).toHaveAttribute(
    "aria-current",
    "page",
  );
});

test("where it is narrow, one bar and a menu", async ({ browser }) => {
  const page = await pageOf(browser, "officer");
  await page.setViewportSize({ width: 390, height: 844 });
  const menu = page.getByRole("navigation", { name: "Main" });
  await expect(menu).toBeHidden();

  await page.getByRole("button", { name: "Menu" }).press("Enter");
  await expect(menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();

  await page.getByRole("button", { name: "Menu" }).click();
  await menu.getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveURL("/settings");
  await expect(menu).toBeHidden();
});

test("an agent sees what is not theirs, and is told why and who can", async ({ browser }) => {
  const page = await pageOf(browser, "agent");
  const shut = page.getByRole("link", { name: "Registries" });
  await expect(shut).toHaveAttribute("aria-disabled", "true");
  await expect(shut).toHaveAccessibleDescription("For owners, officers, and auditors");

  const answer = await page.goto("/registries");
  expect(answer?.status()).toBe(403);
  await expect(
    page.getByRole("group", { name: /not open to you: you are an agent/ }),
  ).toBeVisible();
  const refused = await page.request.get("/api/trpc/registry.list");
  expect(refused.status()).toBe(403);
  expect(refused.headers()["cache-control"]).toBe("no-store");
});

test("a theme is shown at once, and kept", async ({ browser }) => {
  const page = await pageOf(browser, "marketer");
  const kept = page.waitForResponse("**/api/trpc/member.changeOwnSettings**");
  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await kept;
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
});

test("a member chooses language and clock, and every page follows", async ({ browser }) => {
  const page = await pageOf(browser, "developer", "/settings");
  await page.getByLabel("Language").selectOption("ru");
  await page.getByLabel("Time zone").selectOption("Europe/Moscow");
  await page.getByRole("button", { name: "Save" }).click();

  await expect(page.getByRole("heading", { name: "Настройки", level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "Сегодня" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await expect(page.getByText(/МСК \(Москва\)$/)).toBeVisible();
});

test.describe("in Russian", () => {
  test.use({ locale: "ru-RU" });

  test("who has not signed in is spoken to in the language of the browser", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { name: "Вход" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  });
});
