import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

declare global {
  interface Window {
    /** Set by the script of axe. */
    axe: typeof axe;
  }
}

/** In the dark looks only the colors differ. */
const looks = [
  { name: "light", colorScheme: "light", width: 1440, rules: null },
  { name: "dark", colorScheme: "dark", width: 1440, rules: ["color-contrast"] },
  { name: "narrow", colorScheme: "light", width: 390, rules: null },
] as const;

type Looked = { what?: string; rules?: readonly string[] | null };

/** Expects the page as it is shown now to be accessible, and not to scroll sideways. */
export async function expectReadable(page: Page, { what = page.url(), rules }: Looked = {}) {
  // After navigation the title is set a moment later, and colors are still animated.
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

/** Runs axe with all its rules or some. No page of ours has frames. */
async function violationsOn(page: Page, rules: readonly string[] | null = null) {
  if (await page.evaluate(() => !("axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { violations } = await window.axe.run({
      resultTypes: ["violations"],
      ...(rules && { runOnly: { type: "rule", values: [...rules] } }),
    });
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
  }, rules);
}

export type Look = (typeof looks)[number]["name"];

/** Expects the open page to be accessible in light and dark, wide and narrow, or in the named looks. */
export async function expectReadableAnywhere(page: Page, what: string, only?: readonly Look[]) {
  for (const { name, colorScheme, width, rules } of looks) {
    if (only && !only.includes(name)) continue;
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await expectReadable(page, { what: `${what}, ${name}`, rules });
  }
}
