import type { Message } from "../../../platform/message/index.ts";
import { type Draft, type FileReader, reportFile, reportLine } from "./draft.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LONGEST_LINE = 64;

/** A line without its end. It is lent: the next is written over it. */
export type Line = {
  bytes: Uint8Array;
  length: number;
  isEnded: boolean;
  /** The length of the line before; 0 for the first. */
  previous: number;
};

/** Whether a line ends with the file, and is shorter than the one before: it may have been cut off. */
export const isCutShort = ({ length, isEnded, previous }: Line) => !isEnded && length < previous;

/**
 * Reads a file whose lines all have one form, with a line feed or both signs at their ends. `take`
 * says whether it understood a line; one that ends with the file and is not understood was cut off.
 */
export function readLines(
  draft: Draft,
  file: string,
  { take, fault }: { take: (line: Line) => boolean; fault: Message["key"] },
): FileReader {
  const line = { bytes: new Uint8Array(LONGEST_LINE), length: 0, isEnded: true, previous: 0 };
  let lines = 0;

  const told = (key: Message["key"]): Message => ({ key, values: { file, line: lines } });
  const carry = (bytes: Uint8Array, from: number, to: number) => {
    // What is longer than any line stays unreadable.
    const kept = bytes.subarray(from, Math.min(to, from + LONGEST_LINE - line.length));
    line.bytes.set(kept, line.length);
    line.length += kept.length;
  };
  const endLine = (isEnded: boolean) => {
    lines++;
    draft.lines++;
    line.isEnded = isEnded;
    if (line.bytes[line.length - 1] === CARRIAGE_RETURN) line.length--;
    const isRead = take(line);
    line.previous = line.length;
    line.length = 0;
    if (isRead) return;
    if (isEnded) reportLine(draft, told(fault));
    else reportFile(draft, told("registry.fault.cut-off"));
  };
  return {
    push(bytes) {
      let at = 0;
      while (at < bytes.length) {
        const end = bytes.indexOf(LINE_FEED, at);
        carry(bytes, at, end === -1 ? bytes.length : end);
        if (end === -1) return;
        endLine(true);
        at = end + 1;
      }
    },
    end() {
      if (line.length > 0) endLine(false);
      if (lines === 0) reportFile(draft, told("registry.fault.empty"));
    },
  };
}

const ZERO = 0x30;

/** The integer that some bytes spell; not a number where one is no digit, or there is none. */
export function digitsIn(bytes: Uint8Array, from: number, to: number): number {
  let digits = to > from ? 0 : NaN;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    digits = digits * 10 + digit;
  }
  return digits;
}
