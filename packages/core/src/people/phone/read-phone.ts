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

/** A number that was read, or what is wrong with the text, as a message for people. */
export type ReadPhone = { phone: Phone } | { fault: Message };

/** Maximum length in UTF-16 units of a text that is read as a number. */
export const MAX_WRITTEN_LENGTH = 256;

/**
 * Reads a number as a person wrote it. `region` (ISO 3166-1, in capitals) is the country of a number without a calling
 * code. A number with `+` or `00` reads the same in every region, and so do, except in Brazil and China, eleven digits
 * that begin with 7 or 1 (contract 1). libphonenumber decides which numbers are valid.
 */
export function readPhone(text: string, region: string): ReadPhone {
  if (text.length > MAX_WRITTEN_LENGTH) return { fault: { key: "phone.text-long" } };
  const dialed = readScientific(text) ?? extractDigits(text);
  return "fault" in dialed ? { fault: dialed.fault } : readDigits(dialed, region);
}

function readDigits({ hasPlus, digits }: DialedDigits, region: string): ReadPhone {
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
    case "ten-digits":
      return readTenDigits(digits, region);
    case "in-region":
      return readInRegion(digits, region);
    case "in-region-first": {
      const read = readInRegion(digits, region);
      return "phone" in read ? read : readInternational(digits, region);
    }
  }
}

/** Longest text that libphonenumber gets. With its `+`, no number of any country is longer. */
const MAX_PARSED_LENGTH = 20;

const parse = (text: string, region?: string): PhoneNumber | undefined =>
  text.length > MAX_PARSED_LENGTH
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

/** Reads ten digits in a region with calling code +7 or +1, where that is a whole national number. */
function readTenDigits(digits: string, region: string): ReadPhone {
  const code = String(findCallingCode(region));
  const read = readInternational(`${code}${digits}`, region);
  const hasTrunkPrefix = digits.startsWith(code === "7" ? "8" : "1");
  if ("phone" in read || !hasTrunkPrefix) return read;
  return { fault: explainNationalFault(code, digits.slice(1), region) };
}

/** Reads digits as libphonenumber does in the region, such as a national number with its trunk prefix. */
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

/** Calling codes by region (ISO 3166-1). */
const callingCodes = new Map<string, number>(
  getCountries().map((country) => [country, Number(getCountryCallingCode(country))]),
);

/** Finds the calling code of a region (ISO 3166-1, in capitals); null if libphonenumber does not know the region. */
export const findCallingCode = (region: string): number | null => callingCodes.get(region) ?? null;

/** Regions where eleven digits that begin with 1 or 7 may be a complete national number. */
const elevenDigitRegions = new Set(["BR", "CN"]);

/** Ways to read digits. */
export type Reading =
  /** The digits begin with the calling code. */
  | "international"
  /** The calling code follows `00`. */
  | "after-00"
  /** The national number of +7 follows the trunk prefix 8. */
  | "after-8"
  /** Ten digits are a whole national number of +7 or +1. */
  | "ten-digits"
  /** As libphonenumber reads them in the region. */
  | "in-region"
  /** As `in-region`; if that is not valid, as `international`. */
  | "in-region-first";

/** Chooses how to read `count` digits, given the first two. `readPhone` and `readPhoneBytes` both use it. */
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
  if (count === 10 && (code === 7 || code === 1)) return "ten-digits";
  return code === 7 ? "after-8" : "in-region";
}

/** The digits of a text, and whether a plus came before them. */
type DialedDigits = { hasPlus: boolean; digits: string };

/** True for characters without meaning: spaces, invisible marks, brackets, dots, dashes and slashes. */
const isIgnored = (character: string): boolean =>
  /^[\s\p{White_Space}\p{Cf}\p{Pd}()[\]{}（）［］.·•‧․．−⁃/／⁄∕]$/u.test(character);

/** Kinds of the ASCII characters. read-phone-bytes.ts uses them too. */
export const asciiKinds: readonly ("digit" | "plus" | "ignored" | "fault")[] = Array.from(
  { length: 128 },
  (_, code) => {
    const character = String.fromCharCode(code);
    if (/\d/.test(character)) return "digit";
    if (character === "+") return "plus";
    return isIgnored(character) ? "ignored" : "fault";
  },
);

/** Separators between a number and its extension, in English and Russian. */
const extension = /^(?:ext|x|#|;|,|\*|доб|вн)[^\d]*\d/iu;
/** Fewest digits that count as a number when a message explains what is wrong. */
const MIN_NUMBER_DIGITS = 7;

function explainCharacter(character: string, rest: string, dialed: DialedDigits): Message {
  const isNumber = dialed.digits.length >= MIN_NUMBER_DIGITS;
  const restDigits = rest.match(/\d/g)?.length ?? 0;
  const isSeparator = /[+,;]/.test(character);
  if (isNumber && isSeparator && restDigits >= MIN_NUMBER_DIGITS) return { key: "phone.several" };
  if (character === "+") return { key: "phone.plus-inside" };
  if (isNumber && extension.test(rest)) return { key: "phone.extension" };
  if (/\p{N}/u.test(character)) return { key: "phone.other-digits" };
  if (/\p{L}/u.test(character)) return { key: "phone.letters" };
  // The message may be stored, so it must not contain a character that the database cannot store.
  return {
    key: "phone.character",
    values: { character: isStorable(character) ? character : "\uFFFD" },
  };
}

/** Apostrophe that marks a spreadsheet cell as text. Files that older versions wrote have it before every number. */
export const TEXT_MARK = "'";

/**
 * Extracts the digits of a text. Returns a fault for the first unexpected character, or if there are no
 * digits. Skips a leading `TEXT_MARK`.
 */
function extractDigits(text: string): DialedDigits | { fault: Message } {
  const dialed: DialedDigits = { hasPlus: false, digits: "" };
  let at = text.startsWith(TEXT_MARK) ? TEXT_MARK.length : 0;
  for (const character of text.slice(at)) {
    if (/^\d$/.test(character)) dialed.digits += character;
    else if (character === "+" && !dialed.hasPlus && dialed.digits === "") dialed.hasPlus = true;
    else if (!isIgnored(character))
      return { fault: explainCharacter(character, text.slice(at), dialed) };
    at += character.length;
  }
  return dialed.digits === "" ? { fault: { key: "phone.empty" } } : dialed;
}

/** A number in scientific notation, with a point or a comma: `7.9161234567E+10`. */
const scientificPattern = /^\s*(\+?)(\d)(?:[.,](\d+))?E\+?(\d{1,2})\s*$/i;

/**
 * Reads a number that a spreadsheet wrote in scientific notation. If it does not show all digits, they may
 * have been rounded away, and the result is a fault. Null for any other text.
 */
export function readScientific(text: string): DialedDigits | { fault: Message } | null {
  const [, plus, first, rest = "", exponent] = scientificPattern.exec(text) ?? [];
  if (first === undefined) return null;
  const digits = first + rest;
  return digits.length === Number(exponent) + 1
    ? { hasPlus: plus === "+", digits }
    : { fault: { key: "phone.rounded", values: { text: text.trim() } } };
}

/** Main country of each calling code that libphonenumber knows, and the lengths of its landline and mobile numbers. */
const codes: Record<string, { country: string | null; lengths: number[] }> = table.codes;

/** Finds the country (ISO 3166-1) to name in a message, or `none` if the code belongs to no country. */
function findCountry(code: string, national: string, region: string): string {
  if (code === "7") return /^[67]/.test(national) ? "KZ" : "RU";
  return (String(findCallingCode(region)) === code ? region : codes[code]?.country) ?? "none";
}

/** Explains why the digits after a calling code are no number: too few, too many, or not in the numbering plan. */
function explainNationalFault(code: string, national: string, region: string): Message {
  const { lengths = [] } = codes[code] ?? {};
  const values = { country: findCountry(code, national, region), code };
  const fewest = Math.min(...lengths);
  const most = Math.max(...lengths);
  const hasOneLength = fewest === most;
  // In +7, a leading 8 of a number that is too long is the trunk prefix, so it is not counted.
  const hasTrunkPrefix = code === "7" && national.length > most && national.startsWith("8");
  const given = national.length - Number(hasTrunkPrefix);

  if (given < fewest) {
    const missing = fewest - given;
    const span = hasOneLength ? "exact" : "least";
    return { key: "phone.too-short", values: { ...values, missing, length: fewest, span } };
  }
  if (given > most) {
    const extra = given - most;
    const span = hasOneLength ? "exact" : "most";
    return { key: "phone.too-long", values: { ...values, extra, length: most, span } };
  }
  if (!lengths.includes(given)) {
    return { key: "phone.length", values: { ...values, given, lengths: lengths.join(", ") } };
  }
  return { key: "phone.not-in-plan", values };
}

/** Explains digits that libphonenumber could not split into a calling code and a national number. */
function explainFault(digits: string, region: string): Message {
  const code = [1, 2, 3].map((length) => digits.slice(0, length)).find((start) => start in codes);
  if (code === undefined) return { key: "phone.code-unknown" };
  return explainNationalFault(code, digits.slice(code.length), region);
}
