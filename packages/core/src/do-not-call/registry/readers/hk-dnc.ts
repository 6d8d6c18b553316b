import { addNumber } from "../numbers/number-set.ts";
import {
  type Draft,
  type FileReader,
  type Line,
  parseDigits,
  mayBeCutOff,
  createLineReader,
} from "./file-reader.ts";
import { isCalendarDay } from "../date-pattern.ts";

const COMMA = 0x2c;
const DIGITS = 8;
const decoder = new TextDecoder("latin1");

/**
 * Creates a reader for Hong Kong do-not-call registers: eight digits per line, or `number,date`. A list needs its
 * SHA-256 file, because half a list of eight digits looks like a whole one. The date formats are ASSUMED:
 * `2026-08-05`, `05/08/2026` or `20260805`.
 */
export function createHkDncReader(draft: Draft, file: string): FileReader {
  draft.kind = "full";
  const take = (line: Line) => {
    if (mayBeCutOff(line)) return false;
    const { bytes, length } = line;
    const digits = parseDigits(bytes, 0, DIGITS);
    // No number of Hong Kong begins with 0 or 1.
    if (length < DIGITS || !(digits >= 20_000_000)) return false;
    if (length > DIGITS) {
      if (bytes[DIGITS] !== COMMA || !isDate(bytes.subarray(DIGITS + 1, length))) return false;
    }
    addNumber(draft.numbers, 85_200_000_000 + digits);
    return true;
  };
  return createLineReader(draft, file, { take, fault: "registry.fault.no-hk-number" });
}

function isDate(bytes: Uint8Array) {
  const text = decoder.decode(bytes);
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text) ?? [];
  if (year !== undefined) return isCalendarDay(`${year}-${month}-${day}`);
  return isCalendarDay(text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"));
}
