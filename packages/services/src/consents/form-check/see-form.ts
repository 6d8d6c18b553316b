import type {
  Control,
  LinkedPage,
  Look,
  Looks,
  RenderedForm,
} from "@ringfence/core/consents/form-check";
import type { Browser, Page } from "playwright-core";
import { controlScript } from "./control-script.ts";
import { TEXT_MAX, letTimePass, onPage, viewports } from "./browser.ts";
import { lookScript } from "./look-script.ts";
import { type Seen, pageScript } from "./page-script.ts";

/** What a page alone tells; the rest of a form comes of using it. */
export type SeenForm = Omit<
  RenderedForm,
  "submission" | "asksAgain" | "privacyNotice" | "withdrawal"
> & { text: string };

const script = [lookScript, controlScript, pageScript].join("\n");

export const see = (page: Page): Promise<Seen> =>
  page.evaluate(`(() => { ${script}\n return seePage(); })()`);

/** Looks at a page at once, ten seconds later, and on a narrow screen. */
export async function seeForm(page: Page): Promise<SeenForm> {
  const first = await see(page);
  await letTimePass(page);
  const wide = await see(page);
  await page.setViewportSize(viewports.narrow);
  const narrow = await see(page);
  await page.setViewportSize(viewports.wide);
  return formOf(page.url(), { first, wide, narrow });
}

function formOf(
  url: string,
  { first, wide, narrow }: { first: Seen; wide: Seen; narrow: Seen },
): SeenForm {
  const narrowLooks = new Map(
    [...narrow.controls, ...narrow.passages, ...narrow.links].map((it) => [it.selector, it.look]),
  );
  const looksOf = (it: { selector: string; look: Look }): Looks => ({
    wide: it.look,
    narrow: narrowLooks.get(it.selector) ?? gone(it.look),
  });
  const narrowLabels = new Map(
    narrow.controls.map((control) => [control.selector, control.labelLook]),
  );
  const ticked = new Set(
    first.controls.filter((control) => control.isTicked).map(({ selector }) => selector),
  );
  const { language, title, text, bodyFontPx } = wide;
  return {
    url,
    language,
    title,
    text,
    bodyFontPx,
    screenHeights: { wide: viewports.wide.height, narrow: viewports.narrow.height },
    countdowns: countdownsOf(first, wide),
    controls: wide.controls.map(({ look, labelLook, isTicked, ...control }): Control => {
      const isTickedOnLoad = isTicked || ticked.has(control.selector);
      const narrowLabel = narrowLabels.get(control.selector);
      const labelLooks =
        labelLook === null ? null : { wide: labelLook, narrow: narrowLabel ?? gone(labelLook) };
      return { ...control, isTickedOnLoad, labelLooks, looks: looksOf({ ...control, look }) };
    }),
    passages: wide.passages.map(({ look, ...rest }) => ({
      ...rest,
      looks: looksOf({ ...rest, look }),
    })),
    links: wide.links.map(({ look, ...rest }) => ({ ...rest, looks: looksOf({ ...rest, look }) })),
  };
}

/** What a narrow screen does not draw at all. */
const gone = (look: Look): Look => ({ ...look, box: null, shownShare: 0 });

const figures = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
const isLess = (a: readonly number[], b: readonly number[]) => {
  const at = a.findIndex((figure, i) => figure !== b[i]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};

/** Texts that differ from what they were in nothing but figures, which are less. */
function countdownsOf(before: Seen, after: Seen): string[] {
  const earlier = new Map(before.passages.map(({ selector, text }) => [selector, text]));
  return after.passages.flatMap(({ selector, text }) => {
    const was = earlier.get(selector);
    if (was === undefined || was.replaceAll(/\d+/g, "#") !== text.replaceAll(/\d+/g, "#"))
      return [];
    return isLess(figures(text), figures(was)) ? [text] : [];
  });
}

const isFilledIn = /^(text|tel|email|password|date|select|checkbox|radio|other)$/;

/** What a page holds that a form leads to, and what it asks of whoever comes. */
export async function followLink(browser: Browser, url: string): Promise<LinkedPage> {
  try {
    return await onPage(browser, url, async ({ page, status }) => {
      const { text, controls } = await see(page);
      const shown = controls.filter(({ isHidden, look }) => !isHidden && look.box !== null);
      const fields = shown.filter(({ kind, isSubmit }) => isSubmit || isFilledIn.test(kind));
      return {
        url,
        status,
        text: text.slice(0, TEXT_MAX).toWellFormed(),
        fields: fields.length,
        asksPassword: shown.some(({ kind }) => kind === "password"),
      };
    });
  } catch (error) {
    // It leads nowhere, and that is what is told of it.
    if (!(error instanceof Error)) throw error;
    return { url, status: null, text: "", fields: 0, asksPassword: false };
  }
}
