import { expect, type Page, test as base } from "@playwright/test";
import { isShared } from "./demo";

/**
 * Test that closes its pages at the end: open ones keep polling and slow the machine down. Contexts of signed-in
 * members stay for the next test. A test that fails first logs what its pages show. A test that would pass fails if the
 * browser blocked something on its pages.
 */
export const test = base.extend<{ closed: void }>({
  closed: [
    async ({ browser }, use, info) => {
      const before = new Set(browser.contexts());
      await use();
      const shared = browser.contexts().filter(isShared);
      const opened = browser.contexts().filter((one) => !before.has(one) && !isShared(one));
      const pages = [...opened, ...shared].flatMap((one) => one.pages());
      if (info.status !== info.expectedStatus) {
        console.log((await Promise.all(pages.map(describePage))).join("\n"));
      }
      const blocked = (await Promise.all(pages.map(findBlocked))).flat();
      await Promise.all(
        [...opened, ...shared.flatMap((one) => one.pages())].map((one) => one.close()),
      );
      expect(blocked).toEqual([]);
    },
    { auto: true },
  ],
});

/** Lists messages of the browser about content that security headers blocked, or headers that it could not read. */
async function findBlocked(page: Page): Promise<string[]> {
  const messages = await page.consoleMessages({ filter: "all" }).catch(() => []);
  return messages
    .map((message) => message.text())
    .filter((text) => /Security Policy|-Policy|Policy header/i.test(text));
}

/** Describes a page by its address and the beginning of its text, which shows whether it is an error page or in the wrong language. */
async function describePage(page: Page): Promise<string> {
  const text = await page
    .locator("main")
    .innerText({ timeout: 2_000 })
    .catch(() => "no main part");
  return `${page.url()} shows: ${text.replaceAll(/\s+/g, " ").slice(0, 600)}`;
}
