import type { Message } from "../../platform/message/index.ts";

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
