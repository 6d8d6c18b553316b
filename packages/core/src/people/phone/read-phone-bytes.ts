import { isTakenAsWritten, lookUpLabel } from "./numbering-plan.ts";
import { toDigits } from "./phone.ts";
import {
  MAX_WRITTEN_LENGTH,
  type Reading,
  TEXT_MARK,
  asciiKinds,
  chooseReading,
  findCallingCode,
  readPhone,
} from "./read-phone.ts";

const IGNORED = 10;
const PLUS = 11;
const FAULT = 12;
/** The digit of a byte, or one of the kinds above. Bytes beyond ASCII are read as text. */
const byteKinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  const kind = asciiKinds[byte];
  if (kind === "digit") return byte - 48;
  if (kind === "plus") return PLUS;
  return kind === "ignored" ? IGNORED : FAULT;
});

const textMark = TEXT_MARK.charCodeAt(0);

/** E.164 allows fifteen, and `00` may precede them. Longer ones are read as text. */
const MAX_DIGITS = 17;

const decoder = new TextDecoder();

/**
 * Reads a number from UTF-8 bytes as `readPhone` does, mostly without creating strings. Returns its E.164
 * digits as an integer, or 0 if it is not a number.
 */
export function readPhoneBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  region: string,
): number {
  if (end - start > MAX_WRITTEN_LENGTH) return readAsText(bytes, start, end, region);
  let hasPlus = false;
  let count = 0;
  // Two integers that stay small: the first nine digits, and the rest.
  let high = 0;
  let low = 0;
  let lowUnit = 1;
  let firstTwo = 0;
  const from = bytes[start] === textMark && start < end ? start + 1 : start;
  for (let at = from; at < end; at += 1) {
    const kind = byteKinds[bytes[at] ?? 0] ?? FAULT;
    if (kind < IGNORED) {
      count += 1;
      if (count <= 9) {
        high = high * 10 + kind;
        if (count === 2) firstTwo = high;
      } else if (count <= MAX_DIGITS) {
        low = low * 10 + kind;
        lowUnit *= 10;
      }
    } else if (kind === PLUS && count === 0 && !hasPlus) {
      hasPlus = true;
    } else if (kind !== IGNORED) {
      return readAsText(bytes, start, end, region);
    }
  }
  if (count < 2 || count > MAX_DIGITS) return readAsText(bytes, start, end, region);
  const reading = chooseReading(hasPlus, count, Math.floor(firstTwo / 10), firstTwo % 10, region);
  const digits = toE164Digits(reading, high * lowUnit + low, count, region);
  const label = lookUpLabel(digits);
  if (isTakenAsWritten(label)) return digits;
  // After 1 or 7, ten digits leave no room for a trunk prefix, so libphonenumber would find no more.
  const isWhole = digits >= 1e10 && digits < 8e10 && (digits < 2e10 || digits >= 7e10);
  return label === 0 && isWhole ? 0 : readAsText(bytes, start, end, region);
}

/** Returns the E.164 digits that `count` digits mean, or 0 if only `readPhone` can tell. */
function toE164Digits(reading: Reading, value: number, count: number, region: string): number {
  switch (reading) {
    case "international":
      return hasDigits(value, count) ? value : 0;
    case "after-00":
      return hasDigits(value, count - 2) ? value : 0;
    case "after-8":
      return value - 1e10;
    case "ten-digits":
      return (findCallingCode(region) ?? 0) * 1e10 + value;
    case "in-region":
    case "in-region-first":
      return 0;
  }
}

/** True if a value has exactly this many digits, without a leading zero. */
const hasDigits = (value: number, count: number): boolean =>
  value >= (units[count] ?? Infinity) / 10;

const units = Array.from({ length: MAX_DIGITS + 1 }, (_, digits) => 10 ** digits);

function readAsText(bytes: Uint8Array, start: number, end: number, region: string): number {
  const read = readPhone(decoder.decode(bytes.subarray(start, end)), region);
  return "phone" in read ? toDigits(read.phone) : 0;
}
