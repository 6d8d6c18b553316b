import type { CsvMapping } from "../format.ts";

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LONGEST_ROW = 65_536;

/** A row of a table. The next row is written over it. */
export type Row = {
  /** The text of its fields, one after the other, without quotation marks. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The end of each field in `bytes`. */
  ends: number[];
  /** The line of the file in which it begins, from 1. */
  line: number;
  /** Its bytes in the file, without the line end. */
  length: number;
  /** True for an unclosed quotation mark, text after a closing one, or more than 64 KiB. */
  isMalformed: boolean;
};

const createRow = (line: number): Row => ({
  bytes: new Uint8Array(1_024),
  ends: [],
  line,
  length: 0,
  isMalformed: false,
});

/**
 * Creates a splitter of bytes into rows and fields (RFC 4180 with any delimiter, and LF alone as a line end too).
 * `onRow` learns if the row has a line end, which the last one may lack.
 */
export function createRowSplitter(delimiter: string, onRow: (row: Row, isEnded: boolean) => void) {
  const delimiterByte = delimiter.charCodeAt(0);
  const row = createRow(1);
  let line = 1;
  let size = 0;
  let previous = 0;
  let field: "start" | "plain" | "quoted" | "closed" = "start";

  const appendByte = (byte: number) => {
    if (row.length > LONGEST_ROW) return;
    if (size === row.bytes.length) row.bytes = grow(row.bytes);
    row.bytes[size++] = byte;
  };
  const endField = () => {
    if (field === "quoted") row.isMalformed = true;
    if (row.length <= LONGEST_ROW) row.ends.push(size);
    field = "start";
  };
  const endRow = (isEnded: boolean) => {
    if (isEnded && previous === CARRIAGE_RETURN) {
      row.length--;
      if (field === "plain") size--;
    }
    endField();
    row.isMalformed ||= row.length > LONGEST_ROW;
    onRow(row, isEnded);
    Object.assign(row, { ends: [], line, length: 0, isMalformed: false });
    size = 0;
  };

  const readByte = (byte: number) => {
    if (byte === LINE_FEED) line++;
    if (field === "quoted") {
      if (byte === QUOTE) field = "closed";
      else appendByte(byte);
    } else if (byte === LINE_FEED) {
      endRow(true);
      return;
    } else if (byte === delimiterByte) endField();
    else if (byte === QUOTE && field !== "plain") {
      if (field === "closed") appendByte(byte);
      field = "quoted";
    } else if (field === "closed") row.isMalformed ||= byte !== CARRIAGE_RETURN;
    else {
      field = "plain";
      appendByte(byte);
    }
    row.length++;
  };

  return {
    push(bytes: Uint8Array) {
      for (const byte of bytes) {
        readByte(byte);
        previous = byte;
      }
    },
    end() {
      if (row.length > 0) endRow(false);
    },
  };
}

function grow(bytes: Uint8Array<ArrayBuffer>) {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}

const UTF_8 = [0xef, 0xbb, 0xbf];
const UTF_16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** Removes a byte order mark; null if it belongs to another encoding. */
function stripMark(bytes: Uint8Array, encoding: CsvMapping["encoding"]): Uint8Array | null {
  const beginsWith = (mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte);

  if (UTF_16.some(beginsWith)) return null;
  if (!beginsWith(UTF_8)) return bytes;
  return encoding === "utf-8" ? bytes.subarray(UTF_8.length) : null;
}

/**
 * Creates a filter that passes the bytes of a file on without a byte order mark, however the file is cut into
 * pieces. If the mark belongs to another encoding, `onForeign` is called instead.
 */
export function createMarkStripper(
  encoding: CsvMapping["encoding"],
  push: (bytes: Uint8Array) => void,
  onForeign: () => void,
) {
  let head: Uint8Array | null = new Uint8Array(0);

  const begin = (bytes: Uint8Array) => {
    head = null;
    const rest = stripMark(bytes, encoding);
    if (rest === null) onForeign();
    else push(rest);
  };

  return {
    push(bytes: Uint8Array) {
      if (head === null) return push(bytes);

      const joined = new Uint8Array(head.length + bytes.length);
      joined.set(head);
      joined.set(bytes, head.length);
      if (joined.length >= UTF_8.length) begin(joined);
      else head = joined;
    },
    end() {
      if (head !== null) begin(head);
    },
  };
}
