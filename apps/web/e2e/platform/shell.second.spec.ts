import { expect } from "@playwright/test";
import { defaultSettings, settle, signedInPage } from "./demo";
import { test } from "./test";

test("the shell can be used with the keyboard alone", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();

  await page.goto("/");
  const links = ["Skip to content", "Ringfence"];
  for (const name of links) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name, exact: true }).first()).toBeFocused();
  }
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Find a number, page or record" })).toBeFocused();
  for (const name of ["Today", "Complaints"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name }).first()).toBeFocused();
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const menu = page.getByRole("navigation", { name: "Main" });
  const optOuts = menu.getByRole("link", { name: /^Opt-outs/ });
  await expect(optOuts).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/opt-outs");
  await expect(optOuts).toHaveAttribute("aria-current", "page");
});

test("the search finds pages, records and numbers by the keyboard alone", async ({ browser }) => {
  const page = await signedInPage(browser, "officer");
  await page.goto("/", { waitUntil: "networkidle" }); // a key is heard once the page's scripts run
  const field = page.getByRole("combobox", { name: "Number, page or record" });
  await page.keyboard.press("Control+k");
  await expect(field).toBeFocused();
  await expect(page.getByRole("option", { name: "Today" })).toBeVisible();

  await field.fill("suppr");
  await expect(page.getByRole("option", { name: /^Suppressions/ })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await field.press("Enter");
  await expect(page).toHaveURL("/suppressions");

  const menu = page.getByRole("navigation", { name: "Main" });
  await menu.locator("summary", { hasText: "Calling" }).click();
  await page.keyboard.press("Control+k");
  await field.fill("opt-outs");
  await expect(page.getByRole("option", { name: /^Opt-outs/ })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await field.press("Enter");
  await expect(page).toHaveURL("/opt-outs");
  await expect(menu.getByRole("link", { name: /^Opt-outs/ }), "its group is open").toBeVisible();

  await page.keyboard.press("Control+k");
  await field.fill("no such thing");
  await expect(page.getByRole("status").getByText(/^Nothing found/)).toBeVisible();
  await field.fill("(202) 555-0199");
  await expect(page.getByRole("option", { name: "Check this number +12025550199" })).toBeVisible();
  const asked = page.waitForRequest((request) => request.url().includes("search.find"));
  await field.fill("(202) 555-0198");
  expect((await asked).url(), "what is typed is in no address").not.toContain("5550198");
  await page.getByRole("option", { name: "Check this number +12025550198" }).click();
  await expect(page).toHaveURL(/\/numbers\?asked=/);
});

test("a small screen has a bar of four entries and a menu above it", async ({ browser }) => {
  const page = await signedInPage(browser, "officer", "/");
  await page.setViewportSize({ width: 390, height: 844 });
  const sheet = page.getByRole("navigation", { name: "Main" });
  await expect(sheet).toBeHidden();

  await page.getByRole("button", { name: "More" }).press("Enter");
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();

  await page.getByRole("button", { name: "More" }).click();
  await sheet.locator("summary", { hasText: "Account" }).click();
  await sheet.getByRole("link", { name: "My settings" }).click();
  await expect(page).toHaveURL("/settings");
  await expect(sheet).toBeHidden();
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("combobox", { name: "Number, page or record" })).toBeFocused();
});

test("an agent starts at Call, and is told who may open other pages", async ({ browser }) => {
  const page = await signedInPage(browser, "agent", "/");
  await expect(page).toHaveURL("/call");
  await expect(page.getByRole("link", { name: "Registries" })).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Number, page or record" }).fill("regist");
  await expect(page.getByRole("option", { name: /Registries/ })).toHaveCount(0);

  const answer = await page.goto("/registries");
  expect(answer?.status()).toBe(403);
  await expect(
    page.getByRole("group", { name: /^You don’t have access to “.+” as an agent/ }),
  ).toBeVisible();
  const refused = await page.request.get("/api/trpc/registry.list");
  expect(refused.status()).toBe(403);
  expect(refused.headers()["cache-control"]).toBe("private, no-store");
});

test("a marketer starts at Segments", async ({ browser }) => {
  const page = await signedInPage(browser, "marketer", "/");
  await expect(page).toHaveURL("/segments");
});

test("a theme applies to every page, and is kept", async ({ browser }) => {
  const page = await signedInPage(browser, "marketer", "/settings");
  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  await settle(page, defaultSettings);
});

test("a member's language and time zone apply to every page", async ({ browser }) => {
  const page = await signedInPage(browser, "developer", "/settings");
  await page.getByLabel("Language").selectOption("ru");
  await page.getByLabel("Time zone").selectOption("Europe/Moscow");
  await page.getByRole("button", { name: "Save" }).click();

  await expect(page.getByRole("heading", { name: "Мои настройки", level: 1 })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await expect(page.getByRole("columnheader", { name: /МСК/ }).first()).toBeVisible();
  await page.getByRole("link", { name: "Вебхуки" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await settle(page, defaultSettings);
});

test.describe("in Russian", () => {
  test.use({ locale: "ru-RU" });

  test("before sign-in, pages are in the browser's language", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { name: "Вход" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  });
});
