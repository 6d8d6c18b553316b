import { test as base } from "@playwright/test";
import { isShared } from "./demo";

/**
 * Test that closes its pages at the end: open ones keep polling and slow the machine down. Contexts of signed-in
 * members stay for the next test.
 */
export const test = base.extend<{ closed: void }>({
  closed: [
    async ({ browser }, use) => {
      const before = new Set(browser.contexts());
      await use();
      const shared = browser.contexts().filter(isShared);
      const opened = browser.contexts().filter((one) => !before.has(one) && !isShared(one));
      await Promise.all(
        [...opened, ...shared.flatMap((one) => one.pages())].map((one) => one.close()),
      );
    },
    { auto: true },
  ],
});
