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

/** Maximum length in UTF-16 units. A longer text cannot be a number, so it is not read. */
export const MAX_WRITTEN_LENGTH = 256;

/**
 * Reads a number that a person wrote. `region` (ISO 3166-1) is the country of a number without a calling
 * code. `+`, `00`, and eleven digits that begin with 7 or 1 need no region. libphonenumber decides what is
 * valid.
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

/** Longer ones are not a number in any country. */
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

/** Reads ten digits of +7 or +1 that lack only the calling code. */
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

/** Calling codes by region (ISO 3166-1). */
const callingCodes = new Map<string, number>(
  getCountries().map((country) => [country, Number(getCountryCallingCode(country))]),
);

export const findCallingCode = (region: string): number | null => callingCodes.get(region) ?? null;

/** Regions where national numbers have eleven digits, no trunk prefix, and may begin with 1 or 7. */
const elevenDigitRegions = new Set(["BR", "CN"]);

/**
 * Ways to read digits: with the calling code first; after `00`; after the trunk prefix 8 of +7; as national
 * digits of +7 or +1; or as libphonenumber reads them in the region. `in-region-first` tries the region
 * before the international reading.
 */
export type Reading =
  | "international"
  | "after-00"
  | "after-8"
  | "national"
  | "in-region"
  | "in-region-first";

/**
 * Chooses the reading of `count` digits, given the first two. `readPhone` and `readPhoneBytes` both use it.
 * The region (ISO 3166-1) matters only for digits without a calling code (contract 1).
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

/** The digits of a text, and whether a plus came before them. */
type Spelling = { hasPlus: boolean; digits: string };

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
/** Fewer digits are not a number. This many after a separator are a second number. */
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
  // The message may be stored, so it must not contain a character that cannot be.
  return {
    key: "phone.character",
    values: { character: isStorable(character) ? character : "\uFFFD" },
  };
}

/** Marks a cell as text in a spreadsheet. Our older files have it before every number. */
export const TEXT_MARK = "'";

/**
 * Reads the digits of a text, or says which other character is in it. Skips a leading apostrophe, which
 * only marks a cell as text.
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

/** A number in scientific notation, with a point or a comma: `7.9161234567E+10`. */
const scientific = /^\s*\+?(\d)(?:[.,](\d+))?E\+?(\d{1,2})\s*$/i;

/**
 * Reads a number that a spreadsheet wrote in scientific notation. If digits were rounded away, it is lost,
 * and the fault says so. Null for any other text.
 */
export function readScientific(text: string): { digits: string } | { fault: Message } | null {
  const [, first, rest = "", exponent] = scientific.exec(text) ?? [];
  if (first === undefined) return null;
  const digits = first + rest;
  return digits.length === Number(exponent) + 1
    ? { digits }
    : { fault: { key: "phone.rounded", values: { text: text.trim() } } };
}

/** Main country of each calling code, and the possible lengths of its landline and mobile numbers. */
const codes: Record<string, { country: string | null; lengths: number[] }> = table.codes;

/** Finds the country (ISO 3166-1) to name in a message, or `none` if the code belongs to no country. */
function findCountry(code: string, national: string, region: string): string {
  if (code === "7") return /^[67]/.test(national) ? "KZ" : "RU";
  return (String(findCallingCode(region)) === code ? region : codes[code]?.country) ?? "none";
}

/** Explains why digits after a calling code are not a number. */
function explainNationalFault(code: string, national: string, region: string): Message {
  const { lengths = [] } = codes[code] ?? {};
  const values = { country: findCountry(code, national, region), code };
  const fewest = Math.min(...lengths);
  const most = Math.max(...lengths);
  const isOne = fewest === most;
  // A number that is too long still has its trunk prefix.
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

/** Explains digits that libphonenumber could not split. */
function explainFault(digits: string, region: string): Message {
  const code = [1, 2, 3].map((length) => digits.slice(0, length)).find((start) => start in codes);
  if (code === undefined) return { key: "phone.code-unknown" };
  return explainNationalFault(code, digits.slice(code.length), region);
}
