import type { Message } from "../../platform/message/index.ts";
import { Delimiter, type Encoding } from "./mapping.ts";

/** The encoding of a file, or why it cannot be read as text. */
export type DetectedEncoding =
  | { encoding: Encoding; fault?: never }
  | { fault: Message; encoding?: never };

/** Takes a file chunk by chunk. Call `result` once, after the last chunk. */
export type EncodingDetector = {
  push: (chunk: Uint8Array) => void;
  result: () => DetectedEncoding;
};

const MARK_BYTES = 4;

/**
 * Detects the encoding: UTF-16 (little-endian) if the file begins with its mark, UTF-8 if the whole file is valid
 * UTF-8, else Windows-1251 or -1252. Cyrillic words consist of bytes above 127; Western words have few of them.
 * Workbooks and files that are not text are a fault.
 */
export function createEncodingDetector(): EncodingDetector {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let head: number[] = [];
  let isUtf8 = true;
  let hasZero = false;
  let high = 0;
  let highPairs = 0;
  let previous = 0;

  const push = (chunk: Uint8Array) => {
    if (head.length < MARK_BYTES) head = [...head, ...chunk.subarray(0, MARK_BYTES)];
    for (const byte of chunk) {
      if (byte === 0) hasZero = true;
      if (byte > 127) high++;
      if (byte > 127 && previous > 127) highPairs++;
      previous = byte;
    }
    if (isUtf8) isUtf8 = canDecode(utf8, chunk);
  };
  const result = (): DetectedEncoding => {
    if (startsWith(head, 0xff, 0xfe)) return { encoding: "utf-16le" };
    if (startsWith(head, 0x50, 0x4b, 3, 4)) return { fault: { key: "import.workbook" } };
    if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) return { fault: { key: "import.workbook" } };
    if (hasZero) return { fault: { key: "import.no-text" } };
    if (isUtf8 && canDecode(utf8)) return { encoding: "utf-8" };
    return { encoding: highPairs * 2 > high ? "windows-1251" : "windows-1252" };
  };
  return { push, result };
}

const startsWith = (head: readonly number[], ...mark: number[]) =>
  mark.every((byte, index) => head[index] === byte);

/**
 * True if the bytes are valid in an encoding. Call it without a chunk at the end, to check that the last character
 * is complete.
 */
function canDecode(decoder: TextDecoder, chunk?: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

const MAX_LINES = 20;

/**
 * Guesses the delimiter: of comma, semicolon and tab, the one that all first lines have equally often;
 * failing that, the most frequent. Quoted text is ignored.
 */
export function guessDelimiter(beginning: string): Delimiter {
  const lines = removeQuoted(beginning)
    .split(/\r\n|\n|\r/)
    .slice(0, MAX_LINES)
    .filter((line) => line.trim() !== "");
  const candidates = Delimiter.options.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const fewest = Math.min(...counts);
    const isEven = fewest > 0 && Math.max(...counts) === fewest;
    return { delimiter, isEven, total: counts.reduce((sum, count) => sum + count, 0) };
  });
  const [best] = candidates.toSorted(
    (a, b) => Number(b.isEven) - Number(a.isEven) || b.total - a.total,
  );
  return best?.delimiter ?? ",";
}

/** Removes quoted text, with its line ends. */
const removeQuoted = (text: string) => text.replaceAll(/"(?:[^"]|"")*"/g, "");
