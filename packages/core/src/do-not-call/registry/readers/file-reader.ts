import type { Message } from "../../../platform/message/index.ts";
import { hasSharedMemory } from "../../../platform/shared-memory.ts";
import { type ChangeList, emptyList } from "../numbers/change-list.ts";
import type { Edition } from "../edition.ts";
import { type NumberSet, emptySet } from "../numbers/number-set.ts";

/** Reads the bytes of one file. They may be cut into pieces anywhere. */
export type FileReader = { push: (bytes: Uint8Array) => void; end: () => void };

/** An edition while its files are being read. */
export type Draft = {
  kind: Edition["kind"] | null;
  numbers: NumberSet;
  changes: ChangeList;
  publishedOn: string | null;
  lines: number;
  unreadable: number;
  /** What is wrong with a file as a whole: then nothing of the edition can be trusted. */
  isBroken: boolean;
  /** The first of what is wrong. */
  faults: Message[];
};

export const emptyDraft = (): Draft => ({
  kind: null,
  numbers: emptySet({ isShared: hasSharedMemory }),
  changes: emptyList(),
  publishedOn: null,
  lines: 0,
  unreadable: 0,
  isBroken: false,
  faults: [],
});

const SHOWN_FAULTS = 20;

/** A line that cannot be read. */
export function reportLine(draft: Draft, fault: Message) {
  draft.unreadable++;
  report(draft, fault);
}

/** A file that cannot be trusted. */
export function reportFile(draft: Draft, fault: Message) {
  draft.isBroken = true;
  report(draft, fault);
}

function report({ faults }: Draft, fault: Message) {
  if (faults.length < SHOWN_FAULTS) faults.push(fault);
}

const HEAD_BYTES = 64;

/** Chooses the reader of a file by its first bytes, however it is cut. */
export function byBeginning(choose: (head: Uint8Array) => FileReader): FileReader {
  let head: Uint8Array = new Uint8Array(0);
  let chosen: FileReader | null = null;
  const begin = () => {
    const reader = choose(head);
    if (head.length > 0) reader.push(head);
    return reader;
  };
  return {
    push(bytes) {
      if (chosen) return chosen.push(bytes);
      head = head.length === 0 ? bytes : joined(head, bytes);
      if (tells(head)) chosen = begin();
      else if (head === bytes) head = bytes.slice(); // what is pushed is only lent
    },
    end() {
      chosen ??= begin();
      chosen.end();
    },
  };
}

/** Only of a tag, or of nothing but spaces, more has to be seen. */
const tells = (head: Uint8Array) => head.length >= HEAD_BYTES || /^[^<]/.test(beginningOf(head));

function joined(first: Uint8Array, second: Uint8Array) {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

const decoder = new TextDecoder("latin1");

/** The first text of a file, without a mark of its encoding and the spaces before it. */
export const beginningOf = (head: Uint8Array) =>
  decoder.decode(head.subarray(0, HEAD_BYTES)).replace(/^ï»¿/, "").trimStart().toLowerCase();

/** Servers answer with a page where they ought to say that there is no file. */
export const isWebPage = (head: Uint8Array) =>
  /^(?:<!--|<!doctype html|<(?:html|head|body|title|script)\b)/.test(beginningOf(head));

/** Takes nothing of a file, and says what is wrong with it. */
export function refuseFile(draft: Draft, fault: Message): FileReader {
  reportFile(draft, fault);
  return { push() {}, end() {} };
}

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

/** JSON cannot be read piece by piece: an answer of an interface is never so long. */
const LONGEST_BYTES = 64 * 1024 ** 2;

/** Reads a file of JSON, and passes what it says on. `take` says what is wrong with it, if anything. */
export function readJson(
  draft: Draft,
  file: string,
  take: (said: unknown) => Message | null,
): FileReader {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const fault = (key: Message["key"]) => reportFile(draft, { key, values: { file } });
  return {
    push(bytes) {
      length += bytes.length;
      // Copied, for what is pushed is only lent.
      if (length <= LONGEST_BYTES) pieces.push(bytes.slice());
      else pieces.length = 0;
    },
    end() {
      if (length > LONGEST_BYTES) return fault("registry.fault.json-too-long");
      const said = parsed(pieces, length);
      if (said === undefined) return fault("registry.fault.json");
      const wrong = take(said);
      if (wrong) reportFile(draft, wrong);
    },
  };
}

function parsed(pieces: readonly Uint8Array[], length: number): unknown {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(whole));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
