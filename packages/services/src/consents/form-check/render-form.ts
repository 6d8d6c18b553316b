import {
  type FormParts,
  type RenderedForm,
  partsOf,
  privacyLinkOf,
  withdrawalLinkOf,
} from "@ringfence/core/consents/form-check";
import type { Message } from "@ringfence/core/platform/message";
import { type Browser, type Page, errors } from "playwright-core";
import { ServiceError } from "../../platform/errors.ts";
import { type SeenForm, followLink, seeForm } from "./see-form.ts";
import { startGuardProxy } from "./guard-proxy.ts";
import { LOAD_MS, WHOLE_MS, launchBrowser, onPage } from "./browser.ts";
import { asksAgain, sendForm } from "./send-form.ts";

/** The browser of this machine, and what it may reach. */
export type Chromium = {
  executablePath: string;
  /** Hosts inside private networks, `name` or `name:port`, that may be asked all the same. */
  privateHosts: readonly string[];
};

export type RenderRequest = {
  url: string;
  /** Left out, the link that speaks of withdrawing. */
  withdrawalUrl?: string;
  /** Whether the form is filled in and sent: only where a form that nobody filled in does no harm. */
  maySend: boolean;
  /** Of all of it; two minutes where it is left out. */
  limitMs?: number;
};

export type Rendered =
  | {
      outcome: "rendered";
      form: RenderedForm;
      /** PNG of the consent. */ picture: Uint8Array | null;
    }
  | { outcome: "failed"; fault: Message };

/**
 * Opens a page in a headless browser and uses its form as people do, with and without consent. The
 * browser asks through a proxy that leads into no private network, and keeps nothing.
 */
export async function renderForm(host: Chromium, request: RenderRequest): Promise<Rendered> {
  const proxy = await startGuardProxy(host.privateHosts);
  try {
    const { browser, close } = await launchBrowser(host.executablePath, proxy.server);
    const limit = limitOf(browser, request.limitMs ?? WHOLE_MS);
    try {
      const rendered = await render(browser, request, proxy.refused);
      // What was still asked of a browser that is gone was answered with nothing.
      return limit.isOver() ? limit.fault : rendered;
    } catch (error) {
      if (limit.isOver()) return limit.fault;
      return { outcome: "failed", fault: faultOf(error, request.url, proxy.refused) };
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

/** Closes the browser when all of it has taken too long. */
function limitOf(browser: Browser, limitMs: number) {
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    void browser.close();
  }, limitMs);
  const fault: Rendered = {
    outcome: "failed",
    fault: { key: "form-run.timeout", values: { seconds: Math.ceil(limitMs / 1_000) } },
  };
  return { isOver: () => isOver, lift: () => clearTimeout(timer), fault };
}

async function render(
  browser: Browser,
  request: RenderRequest,
  refused: ReadonlySet<string>,
): Promise<Rendered> {
  const opened = await onPage(browser, request.url, async ({ page, status }) =>
    status !== null && status >= 400 ? { status, url: page.url() } : look(page),
  );
  if ("status" in opened) {
    return { outcome: "failed", fault: statusFault(opened.url, opened.status, refused) };
  }
  const { seen, parts, picture } = opened;
  if (seen.controls.length === 0) return { outcome: "failed", fault: { key: "form-run.no-form" } };

  const { text: _, ...form } = seen;
  const notice = privacyLinkOf(seen)?.href;
  const stop = request.withdrawalUrl ?? withdrawalLinkOf(seen)?.href;
  const used = request.maySend ? await useForm(browser, seen, parts) : unused;
  const privacyNotice = notice === undefined ? null : await followLink(browser, notice);
  const withdrawal = stop === undefined ? null : await followLink(browser, stop);
  return { outcome: "rendered", picture, form: { ...form, ...used, privacyNotice, withdrawal } };
}

const unused = { submission: null, asksAgain: null };

async function look(page: Page) {
  const seen = await seeForm(page);
  const parts = partsOf({ ...seen, ...unused, privacyNotice: null, withdrawal: null });
  return { seen, parts, picture: await takePicture(page, parts) };
}

async function useForm(browser: Browser, form: SeenForm, parts: FormParts) {
  try {
    const again = await asksAgain(browser, form, parts);
    if (parts.submit === null) return { submission: null, asksAgain: again };
    const boxesEmpty = await sendForm(browser, { form, parts, isConsenting: false });
    const boxesTicked = await sendForm(browser, { form, parts, isConsenting: true });
    return { submission: { boxesEmpty, boxesTicked }, asksAgain: again };
  } catch (error) {
    // A button that cannot be pressed is for a person to try.
    if (error instanceof errors.TimeoutError) return unused;
    throw error;
  }
}

/** Why a page could not be looked at. @throws what is no fault of the page */
function faultOf(error: unknown, url: string, refused: ReadonlySet<string>): Message {
  if (error instanceof ServiceError) return error.explanation;
  const { host } = new URL(url);
  if (error instanceof errors.TimeoutError) {
    return { key: "form-run.timeout", values: { seconds: LOAD_MS / 1_000 } };
  }
  const code = error instanceof Error ? /net::(ERR_\w+)/.exec(error.message)?.[1] : undefined;
  if (code === undefined) throw error;
  if (refused.has(host)) return { key: "form-run.private-host", values: { host } };
  return { key: "form-run.unreachable", values: { host, code } };
}

/** A page that was answered with an error: by its server, or by our proxy in its place. */
function statusFault(url: string, status: number, refused: ReadonlySet<string>): Message {
  const { host } = new URL(url);
  return refused.has(host)
    ? { key: "form-run.private-host", values: { host } }
    : { key: "form-run.status", values: { host, status } };
}

/** Around the consent, in CSS pixels; and no more than so much of a page. */
const MARGIN = 16;
const HEIGHT_MAX = 4_000;

/** The part of a page, 1280 wide, in which consent is asked: PNG. Null where none was found. */
async function takePicture(page: Page, parts: FormParts): Promise<Uint8Array | null> {
  const { callBoxes, dataBoxes, accepts, refusals, shown } = parts;
  const boxes = [...callBoxes, ...dataBoxes, ...accepts, ...refusals].flatMap(
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
