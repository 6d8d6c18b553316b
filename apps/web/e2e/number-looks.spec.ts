import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { phones } from "../testing/example-phones";
import { settle } from "./demo";
import { exampleGroup, find, verdict } from "./example-group";

const { pageOf } = exampleGroup();

const looks = [
  { name: "light", colorScheme: "light", width: 1440 },
  { name: "dark", colorScheme: "dark", width: 1440 },
  { name: "narrow", colorScheme: "light", width: 390 },
] as const;

for (const locale of ["en", "ru"] as const) {
  test(`every state can be read by anyone, ${locale}`, async ({ browser }) => {
    test.slow();
    const page = await pageOf(browser, "auditor");
    const seen: [string, string][] = [
      ["today", "/"],
      ["empty", "/numbers"],
    ];
    for (const number of [phones.dana, phones.nina, phones.unknown, phones.stranger, "nobody"]) {
      await page.goto("/numbers");
      await find(page, number);
      await expect(verdict(page)).toBeVisible();
      await page.waitForURL(/numbers(\/|\?)/);
      seen.push([number, page.url()]);
    }
    await settle(page, { locale });
    for (const [name, address] of seen) {
      for (const look of looks) {
        await page.setViewportSize({ width: look.width, height: 900 });
        await page.emulateMedia({ colorScheme: look.colorScheme });
        await page.goto(address);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        expect(found, `${name}, ${look.name}`).toEqual([]);
        const pixelsTooWide = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(pixelsTooWide, `${name}, ${look.name}`).toBeLessThanOrEqual(0);
      }
    }
    await settle(page, { locale: "en" });
  });
}
