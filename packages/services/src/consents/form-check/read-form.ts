import type {
  Control,
  LinkedPage,
  Look,
  Looks,
  RenderedForm,
} from "@ringfence/core/consents/form-check";
import type { Browser, Page } from "playwright-core";
import { MAX_LINKED_TEXT, advanceClock, viewports, withPage } from "./browser.ts";
import { lookScript } from "./look-script.ts";
import { type SeenPage, pageScript } from "./page-script.ts";

/** The page as it is shown, before the form is used. */
export type FormSnapshot = Omit<
  RenderedForm,
  "submission" | "asksAgain" | "privacyNotice" | "withdrawal"
> & { text: string };

const script = [lookScript, pageScript].join("\n");

/** Reads the page as it is at this moment and at this width. */
export const readPage = (page: Page): Promise<SeenPage> =>
  page.evaluate(`(() => { ${script}\n return readPageParts(); })()`);

/** Reads a page at once, ten seconds later, and on a narrow screen. */
export async function readForm(page: Page): Promise<FormSnapshot> {
  const first = await readPage(page);
  await advanceClock(page);
  const wide = await readPage(page);
  await page.setViewportSize(viewports.narrow);
  const narrow = await readPage(page);
  await page.setViewportSize(viewports.wide);
  return combineLooks(page.url(), { first, wide, narrow });
}

/** Combines three readings: looks at both widths, and what scripts changed in between. */
function combineLooks(
  url: string,
  { first, wide, narrow }: { first: SeenPage; wide: SeenPage; narrow: SeenPage },
): FormSnapshot {
  const narrowLooks = new Map(
    [...narrow.controls, ...narrow.passages, ...narrow.links].map((it) => [it.selector, it.look]),
  );
  const toLooks = (it: { selector: string; look: Look }): Looks => ({
    wide: it.look,
    narrow: narrowLooks.get(it.selector) ?? hiddenLook(it.look),
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
    countdowns: findCountdowns(first, wide),
    controls: wide.controls.map(({ look, labelLook, isTicked, ...control }): Control => {
      const isTickedOnLoad = isTicked || ticked.has(control.selector);
      const narrowLabel = narrowLabels.get(control.selector);
      const labelLooks =
        labelLook === null
          ? null
          : { wide: labelLook, narrow: narrowLabel ?? hiddenLook(labelLook) };
      return { ...control, isTickedOnLoad, labelLooks, looks: toLooks({ ...control, look }) };
    }),
    passages: wide.passages.map(({ look, ...rest }) => ({
      ...rest,
      looks: toLooks({ ...rest, look }),
    })),
    links: wide.links.map(({ look, ...rest }) => ({ ...rest, looks: toLooks({ ...rest, look }) })),
  };
}

/** Look of a part that the narrow screen does not draw. */
const hiddenLook = (look: Look): Look => ({ ...look, box: null, shownShare: 0 });

const parseFigures = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
const isLess = (a: readonly number[], b: readonly number[]) => {
  const at = a.findIndex((figure, i) => figure !== b[i]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};

/** Finds texts that differ only in numbers that went down. */
function findCountdowns(before: SeenPage, after: SeenPage): string[] {
  const earlier = new Map(before.passages.map(({ selector, text }) => [selector, text]));
  return after.passages.flatMap(({ selector, text }) => {
    const was = earlier.get(selector);
    if (was === undefined || was.replaceAll(/\d+/g, "#") !== text.replaceAll(/\d+/g, "#"))
      return [];
    return isLess(parseFigures(text), parseFigures(was)) ? [text] : [];
  });
}

const isFilledIn = /^(text|tel|email|password|date|select|checkbox|radio|other)$/;

/** Reads a page that the form links to, and what it asks of a visitor. */
export async function followLink(browser: Browser, url: string): Promise<LinkedPage> {
  try {
    return await withPage(browser, url, async ({ page, status }) => {
      const { text, controls } = await readPage(page);
      const shown = controls.filter(({ isHidden, look }) => !isHidden && look.box !== null);
      const steps = shown.filter(({ kind, isSubmit }) => isSubmit || isFilledIn.test(kind));
      return {
        url,
        status,
        text: text.slice(0, MAX_LINKED_TEXT).toWellFormed(),
        steps: steps.length,
        asksPassword: shown.some(({ kind }) => kind === "password"),
      };
    });
  } catch (error) {
    // A link that leads nowhere is a finding, not a failure.
    if (!(error instanceof Error)) throw error;
    return { url, status: null, text: "", steps: 0, asksPassword: false };
  }
}
