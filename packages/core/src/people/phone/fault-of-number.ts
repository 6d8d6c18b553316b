import table from "../../../data/phone/numbers.json" with { type: "json" };
import type { Message } from "../../platform/message/index.ts";
import { callingCodeOf } from "./reading.ts";

/** Calling codes, their main country, and how many digits a landline or mobile number has after them. */
const codes: Record<string, { country: string | null; lengths: number[] }> = table.codes;

/** Whose numbers are spoken of: ISO 3166-1, or `none` for a code of no country. */
function countryOf(code: string, national: string, region: string): string {
  if (code === "7") return /^[67]/.test(national) ? "KZ" : "RU";
  return (String(callingCodeOf(region)) === code ? region : codes[code]?.country) ?? "none";
}

/** Why digits of a calling code, less that code, are no number. */
export function faultOfNational(code: string, national: string, region: string): Message {
  const { lengths = [] } = codes[code] ?? {};
  const values = { country: countryOf(code, national, region), code };
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
export function faultOfCode(digits: string, region: string): Message {
  const code = [1, 2, 3].map((length) => digits.slice(0, length)).find((start) => start in codes);
  if (code === undefined) return { key: "phone.code-unknown" };
  return faultOfNational(code, digits.slice(code.length), region);
}
