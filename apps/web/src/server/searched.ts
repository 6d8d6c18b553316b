import "server-only";
import { sealText, unsealText } from "./sealed-text";

/** Longer than anything that identifies a person. */
const MAX_CHARACTERS = 128;

/** Seals the text of a search form, so that it may appear in an address; null for empty text. */
export async function sealSearch(given: FormData): Promise<string | null> {
  const search = given.get("search");
  const text = typeof search === "string" ? search.trim().slice(0, MAX_CHARACTERS) : "";
  return text === "" ? null : sealText(text);
}

/** `isExpired` is true if another session sealed it, or too long ago. */
export async function openSearch(
  sealed: string | null,
): Promise<{ search: string | null; isOver: boolean }> {
  const search = sealed === null ? null : await unsealText(sealed);
  return { search, isOver: sealed !== null && search === null };
}
