import type { Locale } from "@ringfence/core/platform/message";

/** Renders a page that needs neither database nor scripts. */
export const plainPage = (locale: Locale, title: string, text: string): string =>
  `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;
