/** Format of a CSV file (RFC 4180, and variants of spreadsheets). */
export type Dialect = {
  encoding: "utf-8" | "windows-1251";
  /** Offset of the text, after a byte order mark. */
  start: number;
  /** The delimiter byte. */
  delimiter: number;
  /** The byte that ends a row: a line feed, perhaps after a return, or a return alone. */
  lineEnd: number;
};

/** Bytes of a file that are enough to detect its format. They must contain the first row. */
export const HEAD_BYTES = 64 * 1_024;

const COMMA = 44;
const SEMICOLON = 59;
const TAB = 9;
const PIPE = 124;
const QUOTE = 34;
const LF = 10;
const CR = 13;

/** Detects the format from the first bytes of a file. `isWhole` means that they are the whole file. */
export function detectDialect(head: Uint8Array, isWhole: boolean): Dialect {
  const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  return {
    encoding: isUtf8(head, isWhole) ? "utf-8" : "windows-1251",
    start: hasMark ? 3 : 0,
    ...detectMarks(head),
  };
}

/** True if the bytes can be text in a one-byte encoding or UTF-8. UTF-16 and workbooks contain zeros. */
export const isText = (head: Uint8Array) => !head.includes(0);

/** A sample may end within a character; a whole file may not. */
function isUtf8(head: Uint8Array, isWhole: boolean): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: !isWhole });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * Finds the line end, and the most frequent delimiter of the first line outside quotes; a comma if there is
 * none.
 */
function detectMarks(head: Uint8Array): Pick<Dialect, "delimiter" | "lineEnd"> {
  const counts = new Map([COMMA, SEMICOLON, TAB, PIPE].map((byte) => [byte, 0]));
  let lineEnd = LF;
  let isQuoted = false;
  for (const [at, byte] of head.entries()) {
    if (byte === QUOTE) isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (byte === LF) break;
    if (byte === CR && at + 1 < head.length && head[at + 1] !== LF) {
      lineEnd = CR;
      break;
    }
    const count = counts.get(byte);
    if (count !== undefined) counts.set(byte, count + 1);
  }
  const [delimiter] = [...counts].reduce((most, next) => (next[1] > most[1] ? next : most));
  return { delimiter, lineEnd };
}
