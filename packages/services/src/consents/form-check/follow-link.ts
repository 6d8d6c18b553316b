import type { LinkedPage } from "@ringfence/core/consents/form-check";
import type { Browser } from "playwright-core";
import { TEXT_MAX } from "./limits.ts";
import { onPage } from "./open-page.ts";
import { see } from "./see-form.ts";

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
