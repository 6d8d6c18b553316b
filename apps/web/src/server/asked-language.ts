import "server-only";
import type { Locale } from "@ringfence/core/platform/message";
import { requestPath } from "./request-path";

/** The language that the address of a page asks for, if it does: people without account choose by it. */
export async function askedLanguage(): Promise<Locale | null> {
  const [, query] = (await requestPath()).split("?");
  const language = new URLSearchParams(query).get("lang");
  return language === "en" || language === "ru" ? language : null;
}

/** A path that asks for the language in which the person has come. */
export async function inAskedLanguage(path: string, query: Record<string, string> = {}) {
  const language = await askedLanguage();
  const more = new URLSearchParams({ ...query, ...(language && { lang: language }) }).toString();
  return more === "" ? path : `${path}?${more}`;
}
