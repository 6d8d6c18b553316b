import type { Browser, Page } from "playwright-core";
import { ServiceError } from "../../platform/errors.ts";
import { ACT_MS, ANSWER_MS, LOAD_MS, PATIENCE_MS, viewports } from "./limits.ts";
import { urlFault } from "./url-fault.ts";

export type OpenedPage = {
  page: Page;
  /** Of HTTP; null where nothing answered. */
  status: number | null;
};

/**
 * Opens an address as somebody does who was never there: nothing that a visit leaves behind, such as
 * a cookie, is found by the next one. The page's timers run on a clock of ours. An address may come
 * from the page that is checked, which has no say over the files of this machine.
 * @throws ServiceError `invalid` for an address that is none of the web
 */
export async function onPage<T>(
  browser: Browser,
  url: string,
  work: (opened: OpenedPage) => Promise<T>,
): Promise<T> {
  const fault = urlFault(url);
  if (fault !== null) throw new ServiceError("invalid", fault);
  const context = await browser.newContext({
    viewport: viewports.wide,
    acceptDownloads: false,
    serviceWorkers: "block",
  });
  try {
    context.setDefaultTimeout(ACT_MS);
    const page = await context.newPage();
    await page.clock.install();
    const answer = await page.goto(url, { waitUntil: "load", timeout: LOAD_MS });
    await settle(page);
    return await work({ page, status: answer?.status() ?? null });
  } finally {
    await context.close();
  }
}

/** Waits until the page asks for nothing more; one that never stops asking is taken as it is. */
export const settle = (page: Page) =>
  page.waitForLoadState("networkidle", { timeout: ANSWER_MS }).catch(() => {});

/** Lets the page's own timers run, as if somebody had read for a while. */
export const letTimePass = (page: Page) => page.clock.runFor(PATIENCE_MS);
