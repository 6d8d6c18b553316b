import "server-only";
import { sealText, unsealText } from "./sealed-text";

/** Longer than anything that could name somebody. */
const MAX_CHARACTERS = 128;

/** What a form searches for, sealed so that it may stand in an address; null for nothing. */
export async function sealSearch(given: FormData): Promise<string | null> {
  const search = given.get("search");
  const text = typeof search === "string" ? search.trim().slice(0, MAX_CHARACTERS) : "";
  return text === "" ? null : sealText(text);
}

/** `isExpired`: it was sealed by another sign-in, or too long ago. */
export async function openSearch(
  sealed: string | null,
): Promise<{ search: string | null; isOver: boolean }> {
  const search = sealed === null ? null : await unsealText(sealed);
  return { search, isOver: sealed !== null && search === null };
}
