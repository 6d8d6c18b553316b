import "server-only";
import { headers } from "next/headers";
import type { Locale } from "@ringfence/core/platform/message";

/**
 * Header with the page's own path, set by `proxy.ts`: Next gives a page its parameters but not its
 * address.
 */
export const PATH_HEADER = "x-ringfence-path";

export const requestPath = async () => (await headers()).get(PATH_HEADER) ?? "/";

/** Language that a page's address asks for, if any. People without an account choose theirs that way. */
export async function readRequestedLanguage(): Promise<Locale | null> {
  const [, query] = (await requestPath()).split("?");
  const language = new URLSearchParams(query).get("lang");
  return language === "en" || language === "ru" ? language : null;
}

/** Adds the current language of the address to a path. */
export async function addRequestedLanguage(path: string, query: Record<string, string> = {}) {
  const language = await readRequestedLanguage();
  const more = new URLSearchParams({ ...query, ...(language && { lang: language }) }).toString();
  return more === "" ? path : `${path}?${more}`;
}
