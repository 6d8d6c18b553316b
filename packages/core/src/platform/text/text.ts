import { z } from "zod";
import { withMessage } from "../message/index.ts";

/** True if PostgreSQL can store the text: no zero character and no half of a surrogate pair. */
export const isStorable = (text: string) => !text.includes("\0") && text.isWellFormed();

/**
 * Removes zero characters, and replaces halves of surrogate pairs by U+FFFD. For texts that must not be lost
 * because a part of them cannot be stored.
 */
export const mendText = (text: string) => text.toWellFormed().replaceAll("\0", "");

/** Does the same for every text in a JSON value, names included. */
export function mendJson(value: unknown): unknown {
  if (typeof value === "string") return mendText(value);
  if (Array.isArray(value)) return value.map(mendJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [mendText(key), mendJson(inner)]),
  );
}

/** Schema for text that can be stored, trimmed, with at most `maxLength` UTF-16 units. */
export const storableText = (maxLength: number) =>
  z.string().trim().max(maxLength).refine(isStorable, withMessage("fault.odd-character"));

/** Tabs and ends of lines, which separate words. */
const breaks = /[\t-\r\u0085\u2028\u2029]+/gu;

/**
 * Characters that nobody sees and that hide or turn the text around them: control characters, spaces and letters without
 * a shape, and overrides and isolates of the writing direction. Not among them are the marks of direction (U+200E,
 * U+200F, U+061C), which Arabic and Hebrew names may need, and the joiners of Persian and Indic scripts.
 */
const hidden =
  /[\p{Cc}\u00AD\u180E\u200B\u202A-\u202E\u2060-\u2064\u2066-\u2069\u3164\uFEFF\uFFA0]/gu;

/** Removes hidden characters, and writes a space for the end of a line. For texts that must not be refused. */
export const removeHidden = (text: string) =>
  text.replaceAll(breaks, " ").replaceAll(hidden, "").trim();

/** Schema for a name or title without hidden characters. */
export const visibleText = (maxLength: number) =>
  storableText(maxLength).refine(
    (text) => removeHidden(text) === text,
    withMessage("fault.hidden-character"),
  );

/** Schema for a name. */
export const Name = visibleText(100).pipe(z.string().min(1, withMessage("fault.name-missing")));

/** Latin spelling of letters that are more than a plain letter with marks; Russian as in passports (ICAO 9303). */
const letters =
  "а a,б b,в v,г g,д d,е e,ё e,ж zh,з z,и i,й i,к k,л l,м m,н n,о o,п p,р r,с s,т t,у u,ф f,х kh,ц ts," +
  "ч ch,ш sh,щ shch,ъ ,ы y,ь ,э e,ю iu,я ia,ß ss,æ ae,ø o,œ oe,ł l,đ d,' ,’ ";
const spelled = new Map(
  letters.split(",").map((pair) => {
    const [letter = "", plain = ""] = pair.split(" ");
    return [letter, plain];
  }),
);

const MAX_CHARACTERS = 40;

/**
 * Creates a key from a name: “Банк «Север»” becomes `bank-sever`. Empty if no part of the name can be
 * converted.
 */
export const toKey = (name: string): string =>
  Array.from(name.normalize("NFC").toLowerCase(), (letter) => spelled.get(letter) ?? letter)
    .join("")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, MAX_CHARACTERS)
    .replace(/-$/, "");
