import type { Message } from "../../platform/message/index.ts";
import { isStorable } from "../../platform/text/index.ts";

/** The digits that a person wrote, and whether a plus stood before them. */
export type Spelling = { hasPlus: boolean; digits: string };

/** Spaces and invisible marks of every kind, brackets, dots, dashes and slashes mean nothing. */
const isIgnored = (character: string): boolean =>
  /^[\s\p{White_Space}\p{Cf}\p{Pd}()[\]{}（）［］.·•‧․．−⁃/／⁄∕]$/u.test(character);

/** What an ASCII character is to a number; read-phone-bytes.ts reads by it. */
export const asciiKinds: readonly ("digit" | "plus" | "ignored" | "fault")[] = Array.from(
  { length: 128 },
  (_, code) => {
    const character = String.fromCharCode(code);
    if (/\d/.test(character)) return "digit";
    if (character === "+") return "plus";
    return isIgnored(character) ? "ignored" : "fault";
  },
);

/** What stands between a number and its extension, in English and Russian. */
const extension = /^(?:ext|x|#|;|,|\*|доб|вн)[^\d]*\d/iu;
/** Fewer digits are no number, more in a row are another. */
const NUMBER_DIGITS_MIN = 7;

function faultOf(character: string, rest: string, spelled: Spelling): Message {
  const isNumber = spelled.digits.length >= NUMBER_DIGITS_MIN;
  const restDigits = rest.match(/\d/g)?.length ?? 0;
  const isSeparator = /[+,;]/.test(character);
  if (isNumber && isSeparator && restDigits >= NUMBER_DIGITS_MIN) return { key: "phone.several" };
  if (character === "+") return { key: "phone.plus-inside" };
  if (isNumber && extension.test(rest)) return { key: "phone.extension" };
  if (/\p{N}/u.test(character)) return { key: "phone.other-digits" };
  if (/\p{L}/u.test(character)) return { key: "phone.letters" };
  // Who hears it may keep it, and what cannot be stored would keep all else from being stored.
  return {
    key: "phone.character",
    values: { character: isStorable(character) ? character : "\uFFFD" },
  };
}

/** Marks a cell as text in a spreadsheet. Our older files have it before every number. */
export const TEXT_MARK = "'";

/**
 * Reads the digits 0 to 9 of a text and nothing else, or says what else is there. Skips a leading apostrophe,
 * which only marks a cell as text.
 */
export function readSpelling(text: string): Spelling | { fault: Message } {
  const spelled: Spelling = { hasPlus: false, digits: "" };
  let at = text.startsWith(TEXT_MARK) ? TEXT_MARK.length : 0;
  for (const character of text.slice(at)) {
    if (/^\d$/.test(character)) spelled.digits += character;
    else if (character === "+" && !spelled.hasPlus && spelled.digits === "") spelled.hasPlus = true;
    else if (!isIgnored(character)) return { fault: faultOf(character, text.slice(at), spelled) };
    at += character.length;
  }
  return spelled.digits === "" ? { fault: { key: "phone.empty" } } : spelled;
}
