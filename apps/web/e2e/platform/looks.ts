import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";

declare global {
  interface Window {
    /** Set by the script of axe. */
    axe: typeof axe;
  }
}

/** Minified, so each page that is looked at reads less than half as much. */
const axeScript = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Rules whose result depends on what a width shows and hides. */
const layoutRules = [
  "color-contrast",
  "aria-hidden-focus",
  "button-name",
  "label",
  "link-name",
  "region",
  "scrollable-region-focusable",
] as const;

/**
 * Ways in which a page is looked at. The first of them tests all rules, and the others those whose result
 * may differ: in the dark only the colors do.
 */
const looks = {
  light: { colorScheme: "light", width: 1440, differing: layoutRules },
  dark: { colorScheme: "dark", width: 1440, differing: ["color-contrast"] },
  narrow: { colorScheme: "light", width: 390, differing: layoutRules },
  /** Tests whether the longer words of another language fit. */
  wide: { colorScheme: "light", width: 1440, differing: [] },
} as const;

export type Look = keyof typeof looks;

const allLooks: readonly Look[] = ["light", "dark", "narrow"];
/** For another language of a page whose colors were looked at. */
export const sameColors: readonly Look[] = ["narrow", "wide"];

type Looked = { what?: string; rules?: readonly string[] | null };

/** Expects the page as it is shown now to be accessible, and not to scroll sideways. */
export async function expectReadable(page: Page, { what = page.url(), rules }: Looked = {}) {
  // After navigation the heading and the title come a moment later, and colors are still animated.
  await expect(page.locator("h1")).not.toHaveCount(0);
  await expect(page).toHaveTitle(/./);
  await page.evaluate(() => {
    for (const moving of document.getAnimations()) {
      if (moving.effect?.getComputedTiming().endTime !== Infinity) moving.finish();
    }
  });
  expect(await violationsOn(page, rules), what).toEqual([]);
  const pixelsTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(pixelsTooWide, what).toBeLessThanOrEqual(0);
}

/**
 * Runs axe with all its rules or some, apart from the one that asks for a title: Next takes the title away for a moment
 * when a page is refreshed, and `expectReadable` waits for it. No page of ours has frames.
 */
async function violationsOn(page: Page, rules: readonly string[] | null = null) {
  if (rules?.length === 0) return [];
  if (await page.evaluate(() => !("axe" in window))) await page.evaluate(axeScript);
  return page.evaluate(async (rules) => {
    const { violations } = await window.axe.run({
      resultTypes: ["violations"],
      rules: { "document-title": { enabled: false } },
      ...(rules && { runOnly: { type: "rule", values: [...rules] } }),
    });
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  }, rules);
}

/** Expects the open page to be accessible in light and dark, wide and narrow, or in the named looks. */
export async function expectReadableAnywhere(
  page: Page,
  what: string,
  chosen: readonly Look[] = allLooks,
) {
  for (const look of chosen) {
    const { colorScheme, width, differing } = looks[look];
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const rules = look === chosen[0] ? null : differing;
    await expectReadable(page, { what: `${what}, ${look}`, rules });
    await takePicture(page, `${what} ${look}`);
  }
}

/** Saves a picture of the page under its name and language, if `pnpm screenshots` asked for them. */
export async function takePicture(page: Page, name: string) {
  const folder = process.env.RINGFENCE_SCREENSHOTS;
  if (!folder) return;
  const language = await page.locator("html").getAttribute("lang");
  const file = `${name} ${language}`.replaceAll(/[^\w-]+/g, "_");
  await page.screenshot({ path: path.join(folder, `${file}.png`), fullPage: true });
}
