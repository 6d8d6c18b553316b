import { addNumber } from "../numbers/number-set.ts";
import {
  type Draft,
  type FileReader,
  type Line,
  digitsIn,
  isCutShort,
  readLines,
} from "./file-reader.ts";
import { isDay } from "../date-pattern.ts";

const COMMA = 0x2c;
const DIGITS = 8;
const decoder = new TextDecoder("latin1");

/**
 * Reads a Hong Kong do-not-call register: eight digits a line, or `number,date`. Beside it lies a file
 * with its SHA-256, without which it is not taken: half a list of eight digits looks like a whole one.
 * How the date is written is ASSUMED: `2026-08-05`, `05/08/2026` or `20260805`.
 */
export function readHkDnc(draft: Draft, file: string): FileReader {
  draft.kind = "full";
  const take = (line: Line) => {
    if (isCutShort(line)) return false;
    const { bytes, length } = line;
    const digits = digitsIn(bytes, 0, DIGITS);
    // No number of Hong Kong begins with 0 or 1.
    if (length < DIGITS || !(digits >= 20_000_000)) return false;
    if (length > DIGITS) {
      if (bytes[DIGITS] !== COMMA || !isDate(bytes.subarray(DIGITS + 1, length))) return false;
    }
    addNumber(draft.numbers, 85_200_000_000 + digits);
    return true;
  };
  return readLines(draft, file, { take, fault: "registry.fault.no-hk-number" });
}

function isDate(bytes: Uint8Array) {
  const text = decoder.decode(bytes);
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text) ?? [];
  if (year !== undefined) return isDay(`${year}-${month}-${day}`);
  return isDay(text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"));
}
