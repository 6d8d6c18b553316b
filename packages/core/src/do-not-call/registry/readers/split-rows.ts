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
