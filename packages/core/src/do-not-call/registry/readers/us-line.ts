const COMMA = 0x2c;
const ZERO = 0x30;

/** A line of the US registry: a number alone is listed, one with an act was added or removed. */
export type UsLine = {
  digits: number;
  change: { atMs: number; on: string; isAddition: boolean } | null;
};

const decoder = new TextDecoder();

/**
 * Reads `818,5550100` or `8185550100`, and either with `,2026-12-07T02:20:18,A` after it. The time
 * is local to the publisher and has no zone: it only orders. Null for anything else.
 */
export function readUsLine(bytes: Uint8Array, from: number, to: number): UsLine | null {
  const isSplit = bytes[from + 3] === COMMA;
  const end = from + (isSplit ? 11 : 10);
  if (end > to) return null;

  const national = isSplit
    ? digitsIn(bytes, from, from + 3) * 10_000_000 + digitsIn(bytes, from + 4, end)
    : digitsIn(bytes, from, end);
  // No area code of the North American plan begins with 0 or 1.
  if (!(national >= 2_000_000_000)) return null;
  const digits = 10_000_000_000 + national;

  if (end === to) return { digits, change: null };
  const change = readAct(decoder.decode(bytes.subarray(end, to)));
  return change && { digits, change };
}

/** Not a number where a byte is no digit. */
function digitsIn(bytes: Uint8Array, from: number, to: number): number {
  let digits = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    digits = digits * 10 + digit;
  }
  return digits;
}

/** `,2026-12-07T02:20:18,A` */
export function readAct(text: string): UsLine["change"] {
  const act = /^,(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?<fraction>\.\d{1,9})?,(?<act>[AD])$/.exec(
    text,
  );
  const { time = "", fraction = "" } = act?.groups ?? {};
  const at = new Date(`${time}Z`);
  // A day such as February 30 is moved on by some, and is none for others.
  if (Number.isNaN(at.valueOf()) || !at.toISOString().startsWith(time)) return null;
  return {
    atMs: at.valueOf() + Math.floor(Number(`0${fraction}`) * 1_000),
    on: time.slice(0, 10),
    isAddition: act?.groups?.act === "A",
  };
}
