import type { Message } from "../../../platform/message/index.ts";
import { type Bits, areaOf, placeOf } from "../numbers/blocks.ts";
import { addChange } from "../numbers/change-list.ts";
import { type NumberSet, addNumber, bitsFor } from "../numbers/number-set.ts";
import { type Draft, type FileReader, reportFile, reportLine } from "./file-reader.ts";
import { isDay } from "../date-pattern.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LONGEST_LINE = 64;

/**
 * Reads a flat file of the US National Do Not Call Registry, or of the Canadian one: a full list
 * (`818,5550100` a line, in the US one area code a file) or a change list
 * (`8185550199,2022-12-07T02:20:18,A`). Anything else in it is a fault: a file that we only half
 * understand would let calls through.
 */
export function readUsDnc(draft: Draft, file: string): FileReader {
  const named = readDncName(file);
  const cursor = startOfFile();
  const cut = new Uint8Array(LONGEST_LINE);
  let cutBytes = 0;
  let line = 0;

  const fault = (key: Message["key"]): Message => ({ key, values: { file, line } });

  const readLine = (bytes: Uint8Array, from: number, to: number, isEnded: boolean) => {
    line++;
    draft.lines++;
    const end = bytes[to - 1] === CARRIAGE_RETURN ? to - 1 : to;
    const read = readUsLine(bytes, from, end);
    if (read === null) {
      if (isEnded) reportLine(draft, fault(lineFaultOf(draft)));
      else reportFile(draft, fault("registry.fault.cut-off"));
      return;
    }
    const kind = read.change ? "change" : "full";
    draft.kind ??= kind;
    if (draft.kind !== kind) reportFile(draft, fault("registry.fault.mixed"));
    else if (read.change) {
      const { atMs, on, isAddition } = read.change;
      addChange(draft.changes, read.digits, atMs, isAddition);
      if (on > (draft.publishedOn ?? "")) draft.publishedOn = on;
    } else if (named && areaOf(placeOf(read.digits).block) !== named.area) {
      reportFile(draft, fault("registry.fault.other-area"));
    } else addNumber(draft.numbers, read.digits);
  };

  /** Puts a piece to what the last one ended with. What is longer than any line stays unreadable. */
  const carry = (bytes: Uint8Array, from: number, to: number) => {
    const kept = bytes.subarray(from, Math.min(to, from + LONGEST_LINE - cutBytes));
    cut.set(kept, cutBytes);
    cutBytes += kept.length;
  };

  return {
    push(bytes) {
      let at = 0;
      while (at < bytes.length) {
        if (cutBytes === 0 && draft.kind === "full") {
          const stopped = readFullRun(draft.numbers, cursor, bytes, at, named?.area ?? null);
          line += (stopped - at) / 12;
          draft.lines += (stopped - at) / 12;
          at = stopped;
        }
        const end = bytes.indexOf(LINE_FEED, at);
        carry(bytes, at, end === -1 ? bytes.length : end);
        if (end === -1) return;
        readLine(cut, 0, cutBytes, true);
        cutBytes = 0;
        at = end + 1;
      }
    },
    end() {
      if (cutBytes > 0) readLine(cut, 0, cutBytes, false);
      if (line === 0) reportFile(draft, fault("registry.fault.empty"));
      dateFullList(draft, named);
    },
  };
}

const lineFaultOf = ({ kind }: Draft) =>
  kind === "change" ? "registry.fault.no-us-change" : "registry.fault.no-us-number";

/** `818,5550100` and a line feed. */
const LINE_BYTES = 12;
/** `000`, and `000⏎`, with the first byte the lowest, as in all words here. */
const DIGITS = 0x303030;
const LAST_DIGITS = 0x0a303030;
const COMMA = 0x2c;

/** What no three bytes say. */
const NOWHERE = -1;

/** Where the last line was: files are sorted, so that the next one mostly falls into the same block. */
type Cursor = { areaText: number; exchangeText: number; bits: Bits };

const startOfFile = (): Cursor => ({
  areaText: 0,
  exchangeText: NOWHERE,
  bits: new Uint8Array(),
});

/**
 * Adds the numbers of well-formed lines from `from` on, and stops before the first that is anything
 * else, of another area than `onlyArea`, or cut off. Returns where it stopped.
 *
 * A line is read as three words of four bytes, the first byte the lowest: `818,`, `5550` and `100⏎`.
 */
function readFullRun(
  set: NumberSet,
  cursor: Cursor,
  bytes: Uint8Array,
  from: number,
  onlyArea: number | null,
): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  while (at <= view.byteLength - LINE_BYTES) {
    const areaText = view.getInt32(at, true);
    const exchangeText = view.getInt32(at + 4, true) & 0xffffff;
    if (areaText !== cursor.areaText || exchangeText !== cursor.exchangeText) {
      const block = blockOf(areaText, exchangeText);
      if (block === null || (onlyArea !== null && areaOf(block) !== onlyArea)) break;
      Object.assign(cursor, { areaText, exchangeText, bits: bitsFor(set, block) });
    }
    const stopped = readBlock(cursor, view, at);
    if (stopped === at) break;
    at = stopped;
  }
  return at;
}

/** Adds lines as long as they are well-formed and of the same block. Returns where that ended. */
function readBlock({ areaText, exchangeText, bits }: Cursor, view: DataView, from: number): number {
  const last = view.byteLength - LINE_BYTES;
  let at = from;
  for (; at <= last; at += LINE_BYTES) {
    const middle = view.getInt32(at + 4, true);
    const elsewhere = (view.getInt32(at, true) ^ areaText) | ((middle ^ exchangeText) & 0xffffff);
    const thousands = (middle >>> 24) ^ 0x30;
    const rest = view.getInt32(at + 8, true) ^ LAST_DIGITS;
    if (elsewhere !== 0 || thousands > 9 || !areDigits(rest)) break;
    const line = thousands * 1_000 + (rest & 0xf) * 100 + ((rest >>> 8) & 0xf) * 10 + (rest >>> 16);
    bits[line >> 3] = (bits[line >> 3] ?? 0) | (1 << (line & 7));
  }
  return at;
}

/** The block of `818,` and `555`; null when that is not what they say. */
function blockOf(areaText: number, exchangeText: number): number | null {
  const [area, exchange] = [(areaText & 0xffffff) ^ DIGITS, exchangeText ^ DIGITS];
  if (areaText >>> 24 !== COMMA || !areDigits(area) || !areDigits(exchange)) return null;
  // No area code of the North American plan begins with 0 or 1.
  if ((area & 0xf) < 2) return null;
  return 1_000_000 + numberOf(area) * 1_000 + numberOf(exchange);
}

const numberOf = (digits: number) =>
  (digits & 0xf) * 100 + ((digits >>> 8) & 0xf) * 10 + (digits >>> 16);

/** Whether each of three bytes is 0 to 9: adding 6 to more than 9 sets one of the upper four bits. */
const areDigits = (word: number) => ((word | (word + 0x060606)) & 0xfff0f0f0) === 0;

const ZERO = 0x30;

/** A line of the US registry: a number alone is listed, one with an act was added or removed. */
type UsLine = {
  digits: number;
  change: { atMs: number; on: string; isAddition: boolean } | null;
};

const decoder = new TextDecoder();

/**
 * Reads `818,5550100` or `8185550100`, and either with `,2026-12-07T02:20:18,A` after it. The time
 * is local to the publisher and has no zone: it only orders. Null for anything else.
 */
function readUsLine(bytes: Uint8Array, from: number, to: number): UsLine | null {
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

type DncName = { area: number; publishedOn: string };

/** `2026-8-5_818_ABC123.txt` is the full list of 818 on August 5. */
export function readDncName(file: string): DncName | null {
  const name = /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)_(?<area>[2-9]\d\d)_/.exec(
    file,
  )?.groups;
  if (!name) return null;
  const { year = "", month = "", day = "", area } = name;
  const publishedOn = [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  return isDay(publishedOn) ? { area: 1_000 + Number(area), publishedOn } : null;
}

/** Of several files, the oldest tells how old the whole is. */
export function dateFullList(draft: Draft, named: DncName | null) {
  if (named === null || draft.kind !== "full") return;
  const { publishedOn } = draft;
  draft.publishedOn =
    publishedOn === null || named.publishedOn < publishedOn ? named.publishedOn : publishedOn;
}
