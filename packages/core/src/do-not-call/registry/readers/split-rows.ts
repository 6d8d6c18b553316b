import type { CsvMapping } from "../format.ts";

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LONGEST_ROW = 65_536;

/** A row of a table. It is lent: the next row is written over it. */
export type Row = {
  /** The text of its fields, one after the other, without the quotation marks around them. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Where each field ends. */
  ends: number[];
  /** The line of the file, from 1, in which it begins. */
  line: number;
  /** How many bytes it has in the file, its line end left out. */
  length: number;
  /** A quotation mark that is not closed, text after one that is, or more than 64 KiB. */
  isMalformed: boolean;
};

const emptyRow = (line: number): Row => ({
  bytes: new Uint8Array(1_024),
  ends: [],
  line,
  length: 0,
  isMalformed: false,
});

/**
 * Splits bytes into rows and fields (RFC 4180, with any delimiter, and a line feed alone as a line
 * end too). `onRow` is told whether a line end follows, which the last row may lack.
 */
export function splitRows(delimiter: string, onRow: (row: Row, isEnded: boolean) => void) {
  const delimiterByte = delimiter.charCodeAt(0);
  const row = emptyRow(1);
  let line = 1;
  let size = 0;
  let previous = 0;
  let field: "start" | "plain" | "quoted" | "closed" = "start";

  const put = (byte: number) => {
    if (row.length > LONGEST_ROW) return;
    if (size === row.bytes.length) row.bytes = twice(row.bytes);
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
      else put(byte);
    } else if (byte === LINE_FEED) {
      endRow(true);
      return;
    } else if (byte === delimiterByte) endField();
    else if (byte === QUOTE && field !== "plain") {
      if (field === "closed") put(byte);
      field = "quoted";
    } else if (field === "closed") row.isMalformed ||= byte !== CARRIAGE_RETURN;
    else {
      field = "plain";
      put(byte);
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

function twice(bytes: Uint8Array<ArrayBuffer>) {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}

const UTF_8 = [0xef, 0xbb, 0xbf];
const UTF_16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** The bytes after the mark with which a file may begin; null when it tells of another encoding. */
function afterMark(bytes: Uint8Array, encoding: CsvMapping["encoding"]): Uint8Array | null {
  const beginsWith = (mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte);

  if (UTF_16.some(beginsWith)) return null;
  if (!beginsWith(UTF_8)) return bytes;
  return encoding === "utf-8" ? bytes.subarray(UTF_8.length) : null;
}

/**
 * Keeps the first three bytes of a file together, however it is cut, and passes all of it on without
 * its mark. `onForeign` is called instead when the mark tells of another encoding.
 */
export function withoutMark(
  encoding: CsvMapping["encoding"],
  push: (bytes: Uint8Array) => void,
  onForeign: () => void,
) {
  let head: Uint8Array | null = new Uint8Array(0);

  const begin = (bytes: Uint8Array) => {
    head = null;
    const rest = afterMark(bytes, encoding);
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
