import { type KeyTaking, type Message, createMessage } from "../../../platform/message/index.ts";
import { type Bits, toArea, locateNumber } from "../numbers/blocks.ts";
import { addChange } from "../numbers/change-list.ts";
import { type NumberSet, addNumber, ensureBits } from "../numbers/number-set.ts";
import { type Draft, type FileReader, reportFile, reportLine, parseDigits } from "./file-reader.ts";
import { isCalendarDay } from "../date-pattern.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LONGEST_LINE = 64;

/**
 * Creates a reader for flat files of the US National Do Not Call Registry and of the Canadian one: a full list
 * (`818,5550100` per line; in the US one area code per file) or a change list
 * (`8185550199,2022-12-07T02:20:18,A`). Anything else is a fault, because a half-understood file would let calls
 * through.
 */
export function createUsDncReader(draft: Draft, file: string): FileReader {
  const named = parseDncFileName(file);
  const cursor = createCursor();
  /** The line that is being read, if the fast path left it or it was cut between two pieces. */
  const cut = new Uint8Array(LONGEST_LINE);
  let cutBytes = 0;
  let line = 0;

  const fault = (key: KeyTaking<{ file: string; line: number }>): Message =>
    createMessage(key, { file, line });

  /** Reads the complete line in `cut`. */
  const readLine = (isEnded: boolean) => {
    line++;
    draft.lines++;
    const end = cut[cutBytes - 1] === CARRIAGE_RETURN ? cutBytes - 1 : cutBytes;
    const read = parseUsLine(cut, 0, end);
    if (read === null) {
      if (isEnded) reportLine(draft, fault(lineFaultKey(draft)));
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
    } else if (named && toArea(locateNumber(read.digits).block) !== named.area) {
      reportFile(draft, fault("registry.fault.other-area"));
    } else addNumber(draft.numbers, read.digits);
  };

  /** Adds a piece to an unfinished line. Of one that is too long, the beginning is kept: it stays unreadable. */
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
          const stopped = addFullRun(draft.numbers, cursor, bytes, at, named?.area ?? null);
          line += (stopped - at) / LINE_BYTES;
          draft.lines += (stopped - at) / LINE_BYTES;
          at = stopped;
        }
        const end = bytes.indexOf(LINE_FEED, at);
        carry(bytes, at, end === -1 ? bytes.length : end);
        if (end === -1) return;
        readLine(true);
        cutBytes = 0;
        at = end + 1;
      }
    },
    end() {
      if (cutBytes > 0) readLine(false);
      if (line === 0) reportFile(draft, fault("registry.fault.empty"));
      dateFullList(draft, named);
    },
  };
}

const lineFaultKey = ({ kind }: Draft) =>
  kind === "change" ? "registry.fault.no-us-change" : "registry.fault.no-us-number";

/** `818,5550100` and a line feed. */
const LINE_BYTES = 12;
/** `000` and `000⏎`. In all words here the first byte is the lowest. */
const DIGITS = 0x303030;
const LAST_DIGITS = 0x0a303030;
const COMMA = 0x2c;

/** A value that no three bytes have. */
const NOWHERE = -1;

/** The block of the previous line. Files are sorted, so the next line is mostly in the same block. */
type Cursor = { areaText: number; exchangeText: number; bits: Bits };

const createCursor = (): Cursor => ({
  areaText: 0,
  exchangeText: NOWHERE,
  bits: new Uint8Array(),
});

/**
 * Adds the numbers of well-formed lines from `from` on. Stops before a line that is malformed, truncated, or
 * outside `onlyArea`, and returns where it stopped. This fast path reads a line as three words of four bytes:
 * `818,`, `5550` and `100⏎`.
 */
function addFullRun(
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
      const block = parseBlock(areaText, exchangeText);
      if (block === null || (onlyArea !== null && toArea(block) !== onlyArea)) break;
      Object.assign(cursor, { areaText, exchangeText, bits: ensureBits(set, block) });
    }
    const stopped = addBlockRun(cursor, view, at);
    if (stopped === at) break;
    at = stopped;
  }
  return at;
}

/** Adds well-formed lines of the same block and returns where they end. */
function addBlockRun(
  { areaText, exchangeText, bits }: Cursor,
  view: DataView,
  from: number,
): number {
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

/** Parses `818,` and `555` into a block; null if they are malformed. */
function parseBlock(areaText: number, exchangeText: number): number | null {
  const [area, exchange] = [(areaText & 0xffffff) ^ DIGITS, exchangeText ^ DIGITS];
  if (areaText >>> 24 !== COMMA || !areDigits(area) || !areDigits(exchange)) return null;
  // No area code of the North American plan begins with 0 or 1.
  if ((area & 0xf) < 2) return null;
  return 1_000_000 + decodeDigits(area) * 1_000 + decodeDigits(exchange);
}

const decodeDigits = (digits: number) =>
  (digits & 0xf) * 100 + ((digits >>> 8) & 0xf) * 10 + (digits >>> 16);

/** True if each of three bytes is 0 to 9: adding 6 to more than 9 sets one of the upper four bits. */
const areDigits = (word: number) => ((word | (word + 0x060606)) & 0xfff0f0f0) === 0;

/** A line of the US registry: a listed number, or a number with a change. */
type UsLine = {
  digits: number;
  change: { atMs: number; on: string; isAddition: boolean } | null;
};

const decoder = new TextDecoder();

/**
 * Parses `818,5550100` or `8185550100`, each with an optional `,2026-12-07T02:20:18,A`. The time has no zone and
 * only serves to sort changes. Null for anything else.
 */
function parseUsLine(bytes: Uint8Array, from: number, to: number): UsLine | null {
  const isSplit = bytes[from + 3] === COMMA;
  const end = from + (isSplit ? 11 : 10);
  if (end > to) return null;

  const national = isSplit
    ? parseDigits(bytes, from, from + 3) * 10_000_000 + parseDigits(bytes, from + 4, end)
    : parseDigits(bytes, from, end);
  // No area code of the North American plan begins with 0 or 1.
  if (!(national >= 2_000_000_000)) return null;
  const digits = 10_000_000_000 + national;

  if (end === to) return { digits, change: null };
  const change = parseChange(decoder.decode(bytes.subarray(end, to)));
  return change && { digits, change };
}

/** Parses `,2026-12-07T02:20:18,A`. Null for anything else. */
export function parseChange(text: string): UsLine["change"] {
  const act = /^,(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?<fraction>\.\d{1,9})?,(?<act>[AD])$/.exec(
    text,
  );
  const { time = "", fraction = "" } = act?.groups ?? {};
  const at = new Date(`${time}Z`);
  // Some engines turn February 30 into March 2, others reject it.
  if (Number.isNaN(at.valueOf()) || !at.toISOString().startsWith(time)) return null;
  return {
    atMs: at.valueOf() + Math.floor(Number(`0${fraction}`) * 1_000),
    on: time.slice(0, 10),
    isAddition: act?.groups?.act === "A",
  };
}

/** `area` begins with the calling code: 1818. */
type DncFileName = { area: number; publishedOn: string };

/** Parses a file name: `2026-8-5_818_ABC123.txt` is the full list of 818 on August 5. Null for any other name. */
export function parseDncFileName(file: string): DncFileName | null {
  const name = /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)_(?<area>[2-9]\d\d)_/.exec(
    file,
  )?.groups;
  if (!name) return null;
  const { year = "", month = "", day = "", area } = name;
  const publishedOn = [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  return isCalendarDay(publishedOn) ? { area: 1_000 + Number(area), publishedOn } : null;
}

/** Dates a full list by its oldest file. Call it at the end of each file. */
export function dateFullList(draft: Draft, named: DncFileName | null) {
  if (named === null || draft.kind !== "full") return;
  const { publishedOn } = draft;
  draft.publishedOn =
    publishedOn === null || named.publishedOn < publishedOn ? named.publishedOn : publishedOn;
}
