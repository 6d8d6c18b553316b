import { expect, type Page, test as base } from "@playwright/test";
import { isShared } from "./demo";

/**
 * Test that closes its pages at the end: open ones keep polling and slow the machine down. Contexts of signed-in
 * members stay for the next test. `goto` and `reload` also wait until the scripts of a page listen (`waitForScripts`). A
 * test that fails first logs what its pages show. A test that would pass fails if the browser blocked something on its
 * pages.
 */
export const test = base.extend<{ closed: void }, { patient: void }>({
  patient: [
    async ({ browser }, use) => {
      browser.on("context", (context) => context.on("page", waitForScripts));
      await use();
    },
    { scope: "worker", auto: true },
  ],
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

/**
 * Lets `goto` and `reload` of a page end only once its scripts listen. A click or key before that would be lost, and on a
 * busy machine a test is faster than they are.
 */
function waitForScripts(page: Page) {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (...args) => {
    const answer = await goto(...args);
    await page.waitForFunction(doScriptsListen);
    return answer;
  };
  page.reload = async (...args) => {
    const answer = await reload(...args);
    await page.waitForFunction(doScriptsListen);
    return answer;
  };
}

/**
 * Runs in the page. Nothing public says whether React has taken over the HTML of the server, so this reads its root.
 * Effects that add listeners run in the next turn. A page whose scripts are off, or that is none of Next, has no React.
 */
async function doScriptsListen() {
  if (!("__next_f" in window)) return true;
  const name = Object.keys(document).find((key) => key.startsWith("__reactContainer$"));
  const root = name === undefined ? undefined : Reflect.get(document, name);
  if (root?.stateNode.current.memoizedState.isDehydrated !== false) return false;
  const { port1, port2 } = new MessageChannel();
  const turn = new Promise((resolve) => port1.addEventListener("message", resolve, { once: true }));
  port1.start();
  port2.postMessage(null);
  await turn;
  return true;
}

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
