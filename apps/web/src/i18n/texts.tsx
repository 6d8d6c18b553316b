"use client";

import type { Locale } from "@ringfence/core/platform/message";
import { type AbstractIntlMessages, NextIntlClientProvider } from "next-intl";
import { type ReactNode, use } from "react";

type TextFile = { default: AbstractIntlMessages };

const files: Record<Locale, () => Promise<TextFile>> = {
  en: () => import("../../messages/en.json"),
  ru: () => import("../../messages/ru.json"),
};

const loaded = new Map<Locale, Promise<TextFile>>();

/** Loads the texts of a language once: `use` needs the same promise each time. */
function loadTexts(locale: Locale) {
  const texts = loaded.get(locale) ?? files[locale]();
  loaded.set(locale, texts);
  return texts;
}

/**
 * Gives components that run in the browser the texts of a language, from a script of its own, which a browser keeps.
 * If they were part of each page, they would be sent again each time, and be most of it.
 */
export function Texts({ locale, children }: { locale: Locale; children: ReactNode }) {
  const { default: messages } = use(loadTexts(locale));
  return (
    <NextIntlClientProvider locale={locale} messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
