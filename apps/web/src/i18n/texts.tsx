"use client";

import type { Locale } from "@ringfence/core/platform/message";
import dynamic from "next/dynamic";
import type { ComponentType, ReactNode } from "react";

type TextsProps = { children: ReactNode };

/** Never settles. The page then stays as the server sent it, as if no script had been loaded: readable, with its links. */
const stayAsSent = () => new Promise<never>(() => {});

const providers: Record<Locale, ComponentType<TextsProps>> = {
  en: dynamic(() => import("./texts-en").catch(stayAsSent)),
  ru: dynamic(() => import("./texts-ru").catch(stayAsSent)),
};

/**
 * Gives components that run in the browser the texts of a language, from a script of its own, which a browser keeps.
 * If they were part of each page, they would be sent again each time, and be most of it. The page names the script in
 * its head, so that it is loaded along with the others.
 */
export function Texts({ locale, children }: TextsProps & { locale: Locale }) {
  const Provider = providers[locale];
  return <Provider>{children}</Provider>;
}
