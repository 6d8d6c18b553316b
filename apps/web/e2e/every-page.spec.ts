import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import type { Role } from "@ringfence/core/access";
import { pageOf, settle } from "./demo";

type Viewer = { who: string; role: Role | null; language: "en" | "ru"; paths: readonly string[] };

/** Every page, by who sees it; a page that is new gets its path here. */
const workspace = [
  "/",
  "/registries",
  "/registries/connect",
  "/scrubs",
  "/scrubs/new",
  "/settings",
  "/contacts",
  "/imports",
  "/imports/new",
  "/opt-outs",
  "/opt-outs/new",
  "/consents",
  "/sources",
  "/forms",
  "/forms/new",
  "/disclosures",
  "/disclosures/new",
  "/violations",
  "/endpoints",
  "/endpoints/new",
  "/inbound",
];
const viewers: readonly Viewer[] = [
  { who: "an owner", role: "owner", language: "en", paths: [...workspace, "/no-such-page"] },
  { who: "an agent", role: "agent", language: "en", paths: workspace },
  { who: "an auditor, in Russian", role: "auditor", language: "ru", paths: workspace },
  { who: "nobody", role: null, language: "en", paths: ["/sign-in", "/verify"] },
  { who: "nobody, in Russian", role: null, language: "ru", paths: ["/sign-in", "/verify"] },
];

/** In the dark only colors are different. */
const looks = [
  { name: "light", colorScheme: "light", width: 1440, rules: null },
  { name: "dark", colorScheme: "dark", width: 1440, rules: ["color-contrast"] },
  { name: "narrow", colorScheme: "light", width: 390, rules: null },
] as const;

async function openFor(browser: Browser, { role, language }: Viewer) {
  if (role === null) return (await browser.newContext({ locale: language })).newPage();

  const page = await pageOf(browser, role);
  await settle(page, { locale: language });
  return page;
}

/** What a browser complains of, and what it asks of anybody else. */
function listen(page: Page, baseURL = "") {
  const faults: string[] = [];
  page.on("console", (message) => {
    const isAnswer = message.text().startsWith("Failed to load resource"); // 403 and 404 pages
    if (message.type() === "error" && !isAnswer) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL)) faults.push(request.url());
  });
  return faults;
}

for (const viewer of viewers) {
  for (const path of viewer.paths) {
    test(`${path} can be read by anyone, as ${viewer.who} sees it`, async ({
      browser,
      baseURL,
    }) => {
      test.slow();
      const page = await openFor(browser, viewer);
      const faults = listen(page, baseURL);
      for (const { name, colorScheme, width, rules } of looks) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await page.goto(path, { waitUntil: "networkidle" });
        await expect(page.locator("html")).toHaveAttribute("lang", viewer.language);

        const axe = new AxeBuilder({ page });
        const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
        const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        expect(found, name).toEqual([]);
        const pixelsTooWide = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(pixelsTooWide, name).toBeLessThanOrEqual(0);
      }
      expect(faults).toEqual([]);
      await page.context().close();
    });
  }
}

test("the sheet of components is not there in production", async ({ page }) => {
  const answer = await page.goto("/sheet");
  expect(answer?.status()).toBe(404);
});
