import {
  type FormParts,
  partsOf,
  privacyLinkOf,
  type RenderedForm,
  withdrawalLinkOf,
} from "@ringfence/core/consents/form-check";
import type { Message } from "@ringfence/core/platform/message";
import { type Browser, errors, type Page } from "playwright-core";
import { ServiceError } from "../../platform/errors.ts";
import { faultOf, statusFault } from "./fault-of.ts";
import { followLink } from "./follow-link.ts";
import { startGuardProxy } from "./guard-proxy.ts";
import { launchBrowser } from "./launch-browser.ts";
import { WHOLE_MS } from "./limits.ts";
import { onPage } from "./open-page.ts";
import { seeForm, type SeenForm } from "./see-form.ts";
import { asksAgain, sendForm } from "./send-form.ts";
import { takePicture } from "./take-picture.ts";

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
