import {
  type PhoneNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import type { Message } from "../../platform/message/index.ts";
import { faultOfCode, faultOfNational } from "./fault-of-number.ts";
import { Phone } from "./phone.ts";
import { readScientific } from "./read-scientific.ts";
import { callingCodeOf, readingOf } from "./reading.ts";
import { type Spelling, readSpelling } from "./spelling.ts";

export type ReadPhone = { phone: Phone } | { fault: Message };

/** UTF-16 units: a longer text is more than a number, and nobody need read it to say so. */
export const WRITTEN_MAX = 256;

/**
 * Reads a number that a person wrote. `region` (ISO 3166-1) is the country of a number without its
 * calling code; `+`, `00`, and eleven digits that begin with 7 or 1 need none. A number is what
 * libphonenumber holds to be one.
 */
export function readPhone(text: string, region: string): ReadPhone {
  if (text.length > WRITTEN_MAX) return { fault: { key: "phone.text-long" } };
  const rounded = readScientific(text);
  const spelled = rounded === null ? readSpelling(text) : { hasPlus: false, ...rounded };
  return "fault" in spelled ? { fault: spelled.fault } : readDigits(spelled, region);
}

function readDigits({ hasPlus, digits }: Spelling, region: string): ReadPhone {
  const reading = readingOf(hasPlus, digits.length, Number(digits[0]), Number(digits[1]), region);
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
const DIGITS_MAX = 20;

const parse = (text: string, region?: string): PhoneNumber | undefined =>
  text.length > DIGITS_MAX
    ? undefined
    : parsePhoneNumberFromString(text, {
        extract: false,
        ...(region !== undefined && isSupportedCountry(region) && { defaultCountry: region }),
      });

function phoneOf(parsed: PhoneNumber | undefined): Phone | undefined {
  return parsed?.isValid() ? Phone.safeParse(parsed.number).data : undefined;
}

function readInternational(digits: string, region: string): ReadPhone {
  const parsed = parse(`+${digits}`);
  const phone = phoneOf(parsed);
  if (phone !== undefined) return { phone };
  if (parsed === undefined) return { fault: faultOfCode(digits, region) };
  return { fault: faultOfNational(parsed.countryCallingCode, parsed.nationalNumber, region) };
}

/** Ten digits of +7 or +1, from which nothing is missing but the calling code. */
function readNational(digits: string, region: string): ReadPhone {
  const code = String(callingCodeOf(region));
  const read = readInternational(`${code}${digits}`, region);
  const isTrunk = digits.startsWith(code === "7" ? "8" : "1");
  if ("phone" in read || !isTrunk) return read;
  return { fault: faultOfNational(code, digits.slice(1), region) };
}

function readInRegion(digits: string, region: string): ReadPhone {
  const code = callingCodeOf(region);
  const parsed = code === null ? undefined : parse(digits, region);
  const phone = phoneOf(parsed);
  if (phone !== undefined) return { phone };
  if (code !== 7 && digits.length === 11 && digits.startsWith("8")) {
    return { fault: { key: "phone.leading-eight" } };
  }
  if (code === null) return { fault: { key: "phone.region-missing" } };
  return {
    fault: faultOfNational(
      parsed?.countryCallingCode ?? String(code),
      parsed?.nationalNumber ?? digits,
      region,
    ),
  };
}
