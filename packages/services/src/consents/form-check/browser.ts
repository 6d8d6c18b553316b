import { existsSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
// The browser keeps its own files there; no result depends on it.
// oxlint-disable-next-line house/no-ambient-input
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, type Page, chromium } from "playwright-core";
import { ServiceError } from "../../platform/internal.ts";
import type { Message } from "@ringfence/core/platform/message";

const NOBODY = 65_534;
/** Folders of programs that Chromium's launchers call. Nothing of our own environment is passed on. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const asNobody = path.join(import.meta.dirname, "as-nobody.sh");

type LaunchedBrowser = { browser: Browser; close: () => Promise<void> };

/**
 * Starts the browser in its sandbox, as nobody if we are root, with a temporary home and none of our
 * environment. If the sandbox does not work, it throws rather than start without.
 */
export async function launchBrowser(
  executablePath: string,
  proxyServer: string,
): Promise<LaunchedBrowser> {
  // oxlint-disable-next-line house/no-ambient-input -- what may be dropped is this process's own
  const isRoot = process.getuid?.() === 0;
  if (isRoot && !PATH.split(":").some((folder) => existsSync(path.join(folder, "setpriv")))) {
    throw createSandboxError();
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
        // WebRTC is the only way for a page to bypass the proxy. The option has an old and a new name.
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
    throw createSandboxError(cause);
  }
}

function createSandboxError(cause?: unknown): ServiceError {
  const error = new ServiceError("conflict", { key: "form-run.no-sandbox" });
  error.cause = cause;
  return error;
}

type OpenedPage = {
  page: Page;
  /** HTTP status; null if nothing answered. */
  status: number | null;
};

/**
 * Opens an address in a fresh browser context, with the page's timers on our clock. The address may come from the page
 * that is checked, so anything but http and https is refused: it must not reach files of this machine.
 */
export async function withPage<T>(
  browser: Browser,
  url: string,
  work: (opened: OpenedPage) => Promise<T>,
): Promise<T> {
  const fault = findUrlFault(url);
  if (fault !== null) throw new ServiceError("invalid", fault);
  const context = await browser.newContext({
    viewport: viewports.wide,
    acceptDownloads: false,
    serviceWorkers: "block",
  });
  try {
    context.setDefaultTimeout(ACTION_TIMEOUT_MS);
    const page = await context.newPage();
    await page.clock.install();
    const answer = await page.goto(url, { waitUntil: "load", timeout: LOAD_TIMEOUT_MS });
    await waitUntilIdle(page);
    return await work({ page, status: answer?.status() ?? null });
  } finally {
    await context.close();
  }
}

/** Waits until the page makes no more requests, or until the time is up. */
export const waitUntilIdle = (page: Page) =>
  page.waitForLoadState("networkidle", { timeout: RESPONSE_TIMEOUT_MS }).catch(() => {});

/** Advances the page's timers, as if somebody had read for a while. */
export const advanceClock = (page: Page) => page.clock.runFor(SCRIPT_WAIT_MS);

/** Explains why an address may not be opened; null if it may. */
export function findUrlFault(address: string): Message | null {
  const url = URL.parse(address);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    return { key: "form-run.invalid-url", values: { url: address } };
  }
  const hasCredentials = url.username !== "" || url.password !== "";
  return hasCredentials ? { key: "form-run.credentials" } : null;
}

/** Viewports in CSS pixels. 320 is the width of WCAG 2.2 SC 1.4.10. */
export const viewports = {
  wide: { width: 1280, height: 900 },
  narrow: { width: 320, height: 640 },
};

/** Wait after loading, so that changes made by scripts are found. */
const SCRIPT_WAIT_MS = 10_000;

/** Time limits for loading a page, pressing something, waiting for an answer, and everything together. */
export const LOAD_TIMEOUT_MS = 30_000;
const ACTION_TIMEOUT_MS = 10_000;
export const RESPONSE_TIMEOUT_MS = 5_000;
export const TOTAL_TIMEOUT_MS = 120_000;

/** Maximum length of the text of a linked page. */
export const MAX_LINKED_TEXT = 200_000;
