import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

declare global {
  interface Window {
    /** As its script puts it there. */
    axe: typeof axe;
  }
}

/** In the dark only colors are different. */
const looks = [
  { name: "light", colorScheme: "light", width: 1440, rules: null },
  { name: "dark", colorScheme: "dark", width: 1440, rules: ["color-contrast"] },
  { name: "narrow", colorScheme: "light", width: 390, rules: null },
] as const;

type Looked = { what?: string; rules?: readonly string[] | null };

/** A page, as it is shown now, can be read by anyone, and does not scroll sideways. */
export async function expectReadable(page: Page, { what = page.url(), rules }: Looked = {}) {
  // A page that is drawn anew has its title a moment later, and colors fade into each other.
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

/** What axe finds, by all its rules or some. No page of ours has frames. */
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

/** A page that is open can be read by day and by night, on a desk and on a phone; or in the looks that are named. */
export async function expectReadableAnywhere(page: Page, what: string, only?: readonly Look[]) {
  for (const { name, colorScheme, width, rules } of looks) {
    if (only && !only.includes(name)) continue;
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await expectReadable(page, { what: `${what}, ${name}`, rules });
  }
}
