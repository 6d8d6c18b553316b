import {
  type PhoneNumber,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import type { Message } from "../../platform/message/index.ts";
import { Phone } from "./phone.ts";
import { isStorable } from "../../platform/text/index.ts";
import table from "../../../data/phone/numbers.json" with { type: "json" };

export type ReadPhone = { phone: Phone } | { fault: Message };

/** UTF-16 units: a longer text is more than a number, and nobody need read it to say so. */
export const MAX_WRITTEN_LENGTH = 256;

/**
 * Reads a number that a person wrote. `region` (ISO 3166-1) is the country of a number without its
 * calling code; `+`, `00`, and eleven digits that begin with 7 or 1 need none. A number is what
 * libphonenumber holds to be one.
 */
export function readPhone(text: string, region: string): ReadPhone {
  if (text.length > MAX_WRITTEN_LENGTH) return { fault: { key: "phone.text-long" } };
  const rounded = readScientific(text);
  const spelled = rounded === null ? readSpelling(text) : { hasPlus: false, ...rounded };
  return "fault" in spelled ? { fault: spelled.fault } : readDigits(spelled, region);
}

function readDigits({ hasPlus, digits }: Spelling, region: string): ReadPhone {
  const reading = chooseReading(
    hasPlus,
    digits.length,
    Number(digits[0]),
    Number(digits[1]),
    region,
  );
  switch (reading) {
    case "international":
      return readInternational(digits, region);
    case "after-00":
      return readInternational(digits.slice(2), region);
    case "after-8":
      return readInternational(`7${digits.slice(1)}`, region);
    case "national":
      return readNational(digits, region);
    case "in-region":
      return readInRegion(digits, region);
    case "in-region-first": {
      const read = readInRegion(digits, region);
      return "phone" in read ? read : readInternational(digits, region);
    }
  }
}

/** Longer ones are no number in any country; libphonenumber need not see them. */
const MAX_DIGITS = 20;

const parse = (text: string, region?: string): PhoneNumber | undefined =>
  text.length > MAX_DIGITS
    ? undefined
    : parsePhoneNumberFromString(text, {
        extract: false,
        ...(region !== undefined && isSupportedCountry(region) && { defaultCountry: region }),
      });

function toValidPhone(parsed: PhoneNumber | undefined): Phone | undefined {
  return parsed?.isValid() ? Phone.safeParse(parsed.number).data : undefined;
}

function readInternational(digits: string, region: string): ReadPhone {
  const parsed = parse(`+${digits}`);
  const phone = toValidPhone(parsed);
  if (phone !== undefined) return { phone };
  if (parsed === undefined) return { fault: explainFault(digits, region) };
  return { fault: explainNationalFault(parsed.countryCallingCode, parsed.nationalNumber, region) };
}

/** Ten digits of +7 or +1, from which nothing is missing but the calling code. */
function readNational(digits: string, region: string): ReadPhone {
  const code = String(findCallingCode(region));
  const read = readInternational(`${code}${digits}`, region);
  const isTrunk = digits.startsWith(code === "7" ? "8" : "1");
  if ("phone" in read || !isTrunk) return read;
  return { fault: explainNationalFault(code, digits.slice(1), region) };
}

function readInRegion(digits: string, region: string): ReadPhone {
  const code = findCallingCode(region);
  const parsed = code === null ? undefined : parse(digits, region);
  const phone = toValidPhone(parsed);
  if (phone !== undefined) return { phone };
  if (code !== 7 && digits.length === 11 && digits.startsWith("8")) {
    return { fault: { key: "phone.leading-eight" } };
  }
  if (code === null) return { fault: { key: "phone.region-missing" } };
  return {
    fault: explainNationalFault(
      parsed?.countryCallingCode ?? String(code),
      parsed?.nationalNumber ?? digits,
      region,
    ),
  };
}

/** Calling codes of the regions (ISO 3166-1) that a number can be read in. */
const callingCodes = new Map<string, number>(
  getCountries().map((country) => [country, Number(getCountryCallingCode(country))]),
);

export const findCallingCode = (region: string): number | null => callingCodes.get(region) ?? null;

/** Where numbers of eleven digits are written without a trunk prefix, and begin with 1 or 7 too. */
const elevenDigitRegions = new Set(["BR", "CN"]);

/**
 * How digits are meant: with their calling code first; behind `00`; behind the trunk prefix 8 of +7;
 * as national ones of +7 or +1; or as libphonenumber reads them in the region, which comes first for
 * what else would be international, where the region says so.
 */
export type Reading =
  | "international"
  | "after-00"
  | "after-8"
  | "national"
  | "in-region"
  | "in-region-first";

/**
 * The reading of `count` digits of which the first two are given; both readers go by it. The region
 * (ISO 3166-1) serves only for what is written without its calling code (contract 1).
 */
export function chooseReading(
  hasPlus: boolean,
  count: number,
  first: number,
  second: number,
  region: string,
): Reading {
  if (hasPlus) return "international";
  if (first === 0 && second === 0) return "after-00";
  if (count === 11 && (first === 7 || first === 1)) {
    return elevenDigitRegions.has(region) ? "in-region-first" : "international";
  }
  if (count !== 10 && (count !== 11 || first !== 8)) return "in-region";
  const code = findCallingCode(region);
  if (count === 10 && (code === 7 || code === 1)) return "national";
  return code === 7 ? "after-8" : "in-region";
}

/** The digits that a person wrote, and whether a plus stood before them. */
type Spelling = { hasPlus: boolean; digits: string };

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
const MIN_NUMBER_DIGITS = 7;

function explainCharacter(character: string, rest: string, spelled: Spelling): Message {
  const isNumber = spelled.digits.length >= MIN_NUMBER_DIGITS;
  const restDigits = rest.match(/\d/g)?.length ?? 0;
  const isSeparator = /[+,;]/.test(character);
  if (isNumber && isSeparator && restDigits >= MIN_NUMBER_DIGITS) return { key: "phone.several" };
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
function readSpelling(text: string): Spelling | { fault: Message } {
  const spelled: Spelling = { hasPlus: false, digits: "" };
  let at = text.startsWith(TEXT_MARK) ? TEXT_MARK.length : 0;
  for (const character of text.slice(at)) {
    if (/^\d$/.test(character)) spelled.digits += character;
    else if (character === "+" && !spelled.hasPlus && spelled.digits === "") spelled.hasPlus = true;
    else if (!isIgnored(character))
      return { fault: explainCharacter(character, text.slice(at), spelled) };
    at += character.length;
  }
  return spelled.digits === "" ? { fault: { key: "phone.empty" } } : spelled;
}

/** One digit, a point or a comma, the rest, and how far the point has to move: `7.9161234567E+10`. */
const scientific = /^\s*\+?(\d)(?:[.,](\d+))?E\+?(\d{1,2})\s*$/i;

/**
 * A long number as spreadsheets write those that they took for an amount. With all of its digits it is
 * read; where some were rounded away nobody can tell which number it was. Null for other texts.
 */
export function readScientific(text: string): { digits: string } | { fault: Message } | null {
  const [, first, rest = "", exponent] = scientific.exec(text) ?? [];
  if (first === undefined) return null;
  const digits = first + rest;
  return digits.length === Number(exponent) + 1
    ? { digits }
    : { fault: { key: "phone.rounded", values: { text: text.trim() } } };
}

/** Calling codes, their main country, and how many digits a landline or mobile number has after them. */
const codes: Record<string, { country: string | null; lengths: number[] }> = table.codes;

/** Whose numbers are spoken of: ISO 3166-1, or `none` for a code of no country. */
function findCountry(code: string, national: string, region: string): string {
  if (code === "7") return /^[67]/.test(national) ? "KZ" : "RU";
  return (String(findCallingCode(region)) === code ? region : codes[code]?.country) ?? "none";
}

/** Why digits of a calling code, less that code, are no number. */
function explainNationalFault(code: string, national: string, region: string): Message {
  const { lengths = [] } = codes[code] ?? {};
  const values = { country: findCountry(code, national, region), code };
  const fewest = Math.min(...lengths);
  const most = Math.max(...lengths);
  const isOne = fewest === most;
  // The trunk prefix of a number that is too long as well was left standing.
  const isTrunk = code === "7" && national.length > most && national.startsWith("8");
  const given = national.length - Number(isTrunk);

  if (given < fewest) {
    const missing = fewest - given;
    const span = isOne ? "exact" : "least";
    return { key: "phone.too-short", values: { ...values, missing, length: fewest, span } };
  }
  if (given > most) {
    const extra = given - most;
    const span = isOne ? "exact" : "most";
    return { key: "phone.too-long", values: { ...values, extra, length: most, span } };
  }
  if (!lengths.includes(given)) {
    return { key: "phone.length", values: { ...values, given, lengths: lengths.join(", ") } };
  }
  return { key: "phone.not-in-plan", values };
}

/** The same of digits that libphonenumber does not take apart. */
function explainFault(digits: string, region: string): Message {
  const code = [1, 2, 3].map((length) => digits.slice(0, length)).find((start) => start in codes);
  if (code === undefined) return { key: "phone.code-unknown" };
  return explainNationalFault(code, digits.slice(code.length), region);
}
