import {
  type FormParts,
  type RenderedForm,
  findFormParts,
  findPrivacyLink,
  findWithdrawalLink,
} from "@ringfence/core/consents/form-check";
import type { Message } from "@ringfence/core/platform/message";
import { type Browser, type Page, errors } from "playwright-core";
import { ServiceError } from "../../platform/internal.ts";
import { type FormSnapshot, followLink, readForm } from "./read-form.ts";
import { startGuardProxy } from "./guard-proxy.ts";
import {
  LOAD_TIMEOUT_MS,
  TOTAL_TIMEOUT_MS,
  findUrlFault,
  launchBrowser,
  withPage,
} from "./browser.ts";
import { asksAgainAfterRefusal, sendForm } from "./submit-form.ts";

/** The browser of this machine, and the private hosts it may reach. */
export type Chromium = {
  executablePath: string;
  /** Hosts inside private networks, `name` or `name:port`, that pages may be read from. */
  privateHosts: readonly string[];
};

export type RenderRequest = {
  url: string;
  /** Defaults to the link on the page that mentions withdrawal. */
  withdrawalUrl?: string;
  /** True if its buttons may be pressed and the form submitted. Only where a test submission does no harm. */
  maySend: boolean;
  /** Time limit for everything; two minutes by default. */
  limitMs?: number;
};

export type RenderResult =
  | {
      outcome: "rendered";
      form: RenderedForm;
      /** PNG of the part of the page that asks for consent; null if there is none. */
      picture: Uint8Array | null;
    }
  | { outcome: "failed"; fault: Message };

/**
 * Opens a page in a headless browser and, if `maySend`, presses the button that refuses, if there is one, and submits
 * the form twice: without consent to calls, and with it. A page that cannot be read is an outcome, not an error. The
 * browser uses a proxy that reaches no private network except the named hosts, and is thrown away afterwards.
 */
export async function renderForm(host: Chromium, request: RenderRequest): Promise<RenderResult> {
  const urlFault = findUrlFault(request.url);
  if (urlFault !== null) return { outcome: "failed", fault: urlFault };
  const proxy = await startGuardProxy(host.privateHosts);
  try {
    const { browser, close } = await launchBrowser(host.executablePath, proxy.server);
    const limit = startTimeLimit(browser, request.limitMs ?? TOTAL_TIMEOUT_MS);
    try {
      const rendered = await renderPage(browser, request, proxy.blockedHosts);
      // A browser that was closed at the time limit answers pending requests with nothing, so its result is
      // not valid.
      return limit.isOver() ? limit.fault : rendered;
    } catch (error) {
      if (limit.isOver()) return limit.fault;
      return { outcome: "failed", fault: describeFailure(error, request.url, proxy.blockedHosts) };
    } finally {
      limit.lift();
      await close();
    }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { outcome: "failed", fault: error.explanation };
  } finally {
    await proxy.close();
  }
}

/** Closes the browser when the time is up. */
function startTimeLimit(browser: Browser, limitMs: number) {
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    void browser.close();
  }, limitMs);
  const fault: RenderResult = {
    outcome: "failed",
    fault: { key: "form-run.timeout", values: { seconds: Math.ceil(limitMs / 1_000) } },
  };
  return { isOver: () => isOver, lift: () => clearTimeout(timer), fault };
}

async function renderPage(
  browser: Browser,
  request: RenderRequest,
  blockedHosts: ReadonlySet<string>,
): Promise<RenderResult> {
  const opened = await withPage(browser, request.url, async ({ page, status }) =>
    status !== null && status >= 400 ? { status, url: page.url() } : inspectPage(page),
  );
  if ("status" in opened) {
    return { outcome: "failed", fault: describeHttpError(opened.url, opened.status, blockedHosts) };
  }
  const { seen, parts, picture } = opened;
  if (seen.controls.length === 0) return { outcome: "failed", fault: { key: "form-run.no-form" } };

  const { text: _, ...form } = seen;
  const notice = findPrivacyLink(seen)?.href;
  const withdrawalUrl = request.withdrawalUrl ?? findWithdrawalLink(seen)?.href;
  const submitted = request.maySend
    ? await submitWithAndWithoutConsent(browser, seen, parts)
    : notSubmitted;
  const privacyNotice = notice === undefined ? null : await followLink(browser, notice);
  const withdrawal = withdrawalUrl === undefined ? null : await followLink(browser, withdrawalUrl);
  return {
    outcome: "rendered",
    picture,
    form: { ...form, ...submitted, privacyNotice, withdrawal },
  };
}

const notSubmitted = { submission: null, asksAgain: null };

async function inspectPage(page: Page) {
  const seen = await readForm(page);
  const parts = findFormParts({ ...seen, ...notSubmitted, privacyNotice: null, withdrawal: null });
  return { seen, parts, picture: await takeScreenshot(page, parts) };
}

async function submitWithAndWithoutConsent(browser: Browser, form: FormSnapshot, parts: FormParts) {
  try {
    const again = await asksAgainAfterRefusal(browser, form, parts);
    if (parts.submit === null) return { submission: null, asksAgain: again };
    const boxesEmpty = await sendForm(browser, { form, parts, isConsenting: false });
    const boxesTicked = await sendForm(browser, { form, parts, isConsenting: true });
    return { submission: { boxesEmpty, boxesTicked }, asksAgain: again };
  } catch (error) {
    // The button cannot be pressed by a program, so a person has to try.
    if (error instanceof errors.TimeoutError) return notSubmitted;
    throw error;
  }
}

/** Explains why a page could not be opened. Throws errors that are not the page's fault. */
function describeFailure(error: unknown, url: string, blockedHosts: ReadonlySet<string>): Message {
  if (error instanceof ServiceError) return error.explanation;
  const { host } = new URL(url);
  if (error instanceof errors.TimeoutError) {
    return { key: "form-run.timeout", values: { seconds: LOAD_TIMEOUT_MS / 1_000 } };
  }
  const code = error instanceof Error ? /net::(ERR_\w+)/.exec(error.message)?.[1] : undefined;
  if (code === undefined) throw error;
  if (blockedHosts.has(host)) return { key: "form-run.private-host", values: { host } };
  return { key: "form-run.unreachable", values: { host, code } };
}

/** Explains an HTTP error of the server, or of our proxy in its place. */
function describeHttpError(
  url: string,
  status: number,
  blockedHosts: ReadonlySet<string>,
): Message {
  const { host } = new URL(url);
  return blockedHosts.has(host)
    ? { key: "form-run.private-host", values: { host } }
    : { key: "form-run.status", values: { host, status } };
}

/** Margin around the consent and maximum height, in CSS pixels. */
const MARGIN = 16;
const HEIGHT_MAX = 4_000;

/** Takes a picture (PNG) of the part of the page that asks for consent; null if there is none. */
async function takeScreenshot(page: Page, parts: FormParts): Promise<Uint8Array | null> {
  const { callBoxes, dataBoxes, acceptControls, refuseControls, shown } = parts;
  const boxes = [...callBoxes, ...dataBoxes, ...acceptControls, ...refuseControls].flatMap(
    ({ looks, labelLooks }) => [looks.wide.box, labelLooks?.wide.box ?? null],
  );
  const drawn = [...boxes, ...shown.map(({ looks }) => looks.wide.box)].filter(
    (box) => box !== null,
  );
  if (drawn.length === 0) return null;
  const left = Math.max(0, Math.min(...drawn.map(({ x }) => x)) - MARGIN);
  const top = Math.max(0, Math.min(...drawn.map(({ y }) => y)) - MARGIN);
  const right = Math.max(...drawn.map(({ x, width }) => x + width)) + MARGIN;
  const bottom = Math.max(...drawn.map(({ y, height }) => y + height)) + MARGIN;
  const clip = {
    x: left,
    y: top,
    width: Math.max(1, right - left),
    height: Math.min(HEIGHT_MAX, Math.max(1, bottom - top)),
  };
  return page.screenshot({ clip, fullPage: true, animations: "disabled" });
}
