import { existsSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
// The browser keeps its own files there; no result depends on it.
// oxlint-disable-next-line house/no-ambient-input
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, type Page, chromium } from "playwright-core";
import { ServiceError } from "../../platform/errors.ts";
import type { Message } from "@ringfence/core/platform/message";

const NOBODY = 65_534;
/** The folders of programs that Chromium's launchers call; nothing of our own environment is passed on. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const asNobody = path.join(import.meta.dirname, "as-nobody.sh");

type LaunchedBrowser = { browser: Browser; close: () => Promise<void> };

/**
 * Starts the browser that opens pages of others: in its sandbox, as nobody where we are root, with a home
 * that goes with it, and with an environment that holds no setting of ours. Where its sandbox does not work
 * it is refused, and never started without.
 */
export async function launchBrowser(
  executablePath: string,
  proxyServer: string,
): Promise<LaunchedBrowser> {
  // oxlint-disable-next-line house/no-ambient-input -- what may be dropped is this process's own
  const isRoot = process.getuid?.() === 0;
  if (isRoot && !PATH.split(":").some((folder) => existsSync(path.join(folder, "setpriv")))) {
    throw refused();
  }
  const home = await mkdtemp(path.join(tmpdir(), "ringfence-browser-"));
  const removeHome = () => rm(home, { recursive: true, force: true, maxRetries: 5 });
  try {
    if (isRoot) await chown(home, NOBODY, NOBODY);
    const browser = await chromium.launch({
      executablePath: isRoot ? asNobody : executablePath,
      env: { PATH, HOME: home, TMPDIR: home, LANG: "C.UTF-8", RINGFENCE_BROWSER: executablePath },
      chromiumSandbox: true,
      proxy: { server: proxyServer },
      args: [
        // The one way past a proxy that pages have, by its name of before and of now.
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
      ],
    });
    return {
      browser,
      async close() {
        await browser.close();
        await removeHome();
      },
    };
  } catch (cause) {
    await removeHome();
    throw refused(cause);
  }
}

function refused(cause?: unknown): ServiceError {
  const error = new ServiceError("conflict", { key: "form-run.no-sandbox" });
  error.cause = cause;
  return error;
}

type OpenedPage = {
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

/** Why an address may not be opened, or null. */
function urlFault(address: string): Message | null {
  const url = URL.parse(address);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    return { key: "form-run.invalid-url", values: { url: address } };
  }
  const isSecret = url.username !== "" || url.password !== "";
  return isSecret ? { key: "form-run.credentials" } : null;
}

/** The widths that a form is looked at, in CSS pixels; 320 is that of WCAG 2.2 SC 1.4.10. */
export const viewports = {
  wide: { width: 1280, height: 900 },
  narrow: { width: 320, height: 640 },
};

/** What a script may still do to a form ten seconds after it has loaded is found. */
const PATIENCE_MS = 10_000;

/** Of one page to load, of one thing to be pressed, of an answer or a silence, and of all together. */
export const LOAD_MS = 30_000;
const ACT_MS = 10_000;
export const ANSWER_MS = 5_000;
export const WHOLE_MS = 120_000;

/** Of the text of a page that a link leads to, in characters. */
export const TEXT_MAX = 200_000;
