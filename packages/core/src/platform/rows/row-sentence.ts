import { type Locale, say } from "../message/index.ts";
import type { RejectedRow } from "./row-outcome.ts";

/** Why a row was rejected, in words: the field at fault first, as it is called in the row. */
export function rowSentence(locale: Locale, { path, message }: RejectedRow): string {
  const field = path.slice(1).replaceAll("/", ".");
  return field === "" ? say(locale, message) : `${field}: ${say(locale, message)}`;
}
