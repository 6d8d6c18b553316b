import { type KeyTaking, type Message, createMessage } from "../../../platform/message/index.ts";
import { hasSharedMemory } from "../../../platform/shared-memory.ts";
import { type ChangeList, createChangeList } from "../numbers/change-list.ts";
import type { Edition } from "../edition.ts";
import { type NumberSet, createNumberSet } from "../numbers/number-set.ts";

/**
 * Reads the bytes of one file, in pieces that may be cut anywhere. The caller reuses the memory of a piece, so a
 * reader copies what it keeps. `end` must be called once, after the last piece.
 */
export type FileReader = { push: (bytes: Uint8Array) => void; end: () => void };

/** An edition while its files are being read. */
export type Draft = {
  /** Null until a file shows it. */
  kind: Edition["kind"] | null;
  /** The numbers of a full list. */
  numbers: NumberSet;
  changes: ChangeList;
  publishedOn: string | null;
  /** Lines of all files so far, and how many of them could not be read. */
  lines: number;
  unreadable: number;
  /** True if a file as a whole is faulty, so that nothing of the edition can be trusted. */
  isBroken: boolean;
  /** The first faults. */
  faults: Message[];
};

export const createDraft = (): Draft => ({
  kind: null,
  numbers: createNumberSet({ isShared: hasSharedMemory }),
  changes: createChangeList(),
  publishedOn: null,
  lines: 0,
  unreadable: 0,
  isBroken: false,
  faults: [],
});

const SHOWN_FAULTS = 20;

/** Reports a line that cannot be read. */
export function reportLine(draft: Draft, fault: Message) {
  draft.unreadable++;
  report(draft, fault);
}

/** Reports a file that cannot be trusted. */
export function reportFile(draft: Draft, fault: Message) {
  draft.isBroken = true;
  report(draft, fault);
}

function report({ faults }: Draft, fault: Message) {
  if (faults.length < SHOWN_FAULTS) faults.push(fault);
}

const HEAD_BYTES = 64;

/** Creates a reader that is chosen by the first bytes of a file, however it is cut into pieces. */
export function createReaderByBeginning(choose: (head: Uint8Array) => FileReader): FileReader {
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
      head = head.length === 0 ? bytes : concatBytes(head, bytes);
      if (isConclusive(head)) chosen = begin();
      else if (head === bytes) head = bytes.slice();
    },
    end() {
      chosen ??= begin();
      chosen.end();
    },
  };
}

/** True if the reader can be chosen. A tag, or only spaces so far, needs more bytes. */
const isConclusive = (head: Uint8Array) =>
  head.length >= HEAD_BYTES || /^[^<]/.test(decodeBeginning(head));

function concatBytes(first: Uint8Array, second: Uint8Array) {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

const decoder = new TextDecoder("latin1");

/** Decodes the beginning of a file in lower case, without a byte order mark and leading spaces. */
export const decodeBeginning = (head: Uint8Array) =>
  decoder.decode(head.subarray(0, HEAD_BYTES)).replace(/^ï»¿/, "").trimStart().toLowerCase();

/** True if a file is a web page, which some servers send in place of an error. */
export const isWebPage = (head: Uint8Array) =>
  /^(?:<!--|<!doctype html|<(?:html|head|body|title|script)\b)/.test(decodeBeginning(head));

/** Reports a fault of a file, and returns a reader that ignores its bytes. */
export function refuseFile(draft: Draft, fault: Message): FileReader {
  reportFile(draft, fault);
  return { push() {}, end() {} };
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LONGEST_LINE = 64;

/** A line without its line end. The next line is written over it. */
export type Line = {
  bytes: Uint8Array;
  length: number;
  /** Its number in the file, from 1. */
  number: number;
  /** True if it has a line end, which the last line may lack. */
  isEnded: boolean;
  /** Length of the previous line; 0 for the first. */
  previous: number;
};

/** True for a last line without a line end that is shorter than the previous one: it may be truncated. */
export const mayBeCutOff = ({ length, isEnded, previous }: Line) => !isEnded && length < previous;

/**
 * Creates a reader for files with one kind of line, which end in LF or CRLF. `take` returns false for a line that
 * it does not understand. If that is a last line without a line end, the file counts as truncated.
 */
export function createLineReader(
  draft: Draft,
  file: string,
  {
    take,
    fault,
  }: { take: (line: Line) => boolean; fault: KeyTaking<{ file: string; line: number }> },
): FileReader {
  const line: Line = {
    bytes: new Uint8Array(LONGEST_LINE),
    length: 0,
    number: 0,
    isEnded: true,
    previous: 0,
  };

  const atLine = (key: KeyTaking<{ file: string; line: number }>): Message =>
    createMessage(key, { file, line: line.number });
  const carry = (bytes: Uint8Array, from: number, to: number) => {
    // A line that is too long stays unreadable.
    const kept = bytes.subarray(from, Math.min(to, from + LONGEST_LINE - line.length));
    line.bytes.set(kept, line.length);
    line.length += kept.length;
  };
  const endLine = (isEnded: boolean) => {
    line.number++;
    draft.lines++;
    line.isEnded = isEnded;
    if (line.bytes[line.length - 1] === CARRIAGE_RETURN) line.length--;
    const isRead = take(line);
    line.previous = line.length;
    line.length = 0;
    if (isRead) return;
    if (isEnded) reportLine(draft, atLine(fault));
    else reportFile(draft, atLine("registry.fault.cut-off"));
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
      if (line.number === 0) reportFile(draft, atLine("registry.fault.empty"));
    },
  };
}

/** All entries of a file, or its first faults. With a fault nothing of it is used. */
export type EntryFileResult<Entry> =
  | { outcome: "read"; entries: readonly Entry[] }
  | { outcome: "refused"; faults: readonly Message[] };

/**
 * Creates a reader for a file with an entry on each line, which keeps the entries in order. `parse` returns
 * null for a line that it does not understand. At most `limit` + 1 entries are kept: one more shows that there
 * are too many.
 */
export function createEntryReader<Entry>(
  file: string,
  {
    parse,
    fault,
    limit = Infinity,
  }: {
    parse: (line: Line) => Entry | null;
    fault: KeyTaking<{ file: string; line: number }>;
    limit?: number;
  },
): FileReader & { close: () => EntryFileResult<Entry> } {
  const draft = createDraft();
  const entries: Entry[] = [];
  const take = (line: Line) => {
    const entry = parse(line);
    if (entry !== null && entries.length <= limit) entries.push(entry);
    return entry !== null;
  };
  const reader = createReaderByBeginning((head) =>
    isWebPage(head)
      ? refuseFile(draft, { key: "registry.fault.web-page", values: { file } })
      : createLineReader(draft, file, { take, fault }),
  );
  return {
    ...reader,
    close() {
      const { faults } = draft;
      return faults.length > 0 ? { outcome: "refused", faults } : { outcome: "read", entries };
    },
  };
}

const ZERO = 0x30;

/** Parses digits into an integer. NaN if there are none, or a byte is not a digit. */
export function parseDigits(bytes: Uint8Array, from: number, to: number): number {
  let digits = to > from ? 0 : NaN;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    digits = digits * 10 + digit;
  }
  return digits;
}

/** JSON is parsed as a whole, and no answer of a service is longer than this. */
const LONGEST_BYTES = 64 * 1024 ** 2;

/** Creates a reader for a JSON file. `take` gets its content and returns a fault, or null. */
export function createJsonReader(
  draft: Draft,
  file: string,
  take: (content: unknown) => Message | null,
): FileReader {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const fault = (key: KeyTaking<{ file: string }>) =>
    reportFile(draft, createMessage(key, { file }));
  return {
    push(bytes) {
      length += bytes.length;
      if (length <= LONGEST_BYTES) pieces.push(bytes.slice());
      else pieces.length = 0;
    },
    end() {
      if (length > LONGEST_BYTES) return fault("registry.fault.json-too-long");
      const content = parseJson(pieces, length);
      if (content === undefined) return fault("registry.fault.json");
      const found = take(content);
      if (found) reportFile(draft, found);
    },
  };
}

function parseJson(pieces: readonly Uint8Array[], length: number): unknown {
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
