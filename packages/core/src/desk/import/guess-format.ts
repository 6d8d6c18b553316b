import type { Message } from "../../platform/message/index.ts";
import { Delimiter, type Encoding } from "./mapping.ts";

export type DetectedEncoding =
  | { encoding: Encoding; fault?: never }
  | { fault: Message; encoding?: never };

/** Sees a file chunk by chunk, and then says how its bytes are meant. */
export type EncodingDetector = {
  see: (chunk: Uint8Array) => void;
  result: () => DetectedEncoding;
};

const HEAD_BYTES = 4;

/**
 * UTF-8 where all of the file is; else UTF-16 with its mark; else Windows-1251 or -1252. Cyrillic
 * words are bytes above 127 throughout, Western ones have such bytes here and there. A workbook, or
 * what is no text, is told apart.
 */
export function createEncodingDetector(): EncodingDetector {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let head: number[] = [];
  let isUtf8 = true;
  let hasZero = false;
  let high = 0;
  let highPairs = 0;
  let previous = 0;

  const see = (chunk: Uint8Array) => {
    if (head.length < HEAD_BYTES) head = [...head, ...chunk.subarray(0, HEAD_BYTES)];
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
  return { see, result };
}

const startsWith = (head: readonly number[], ...mark: number[]) =>
  mark.every((byte, index) => head[index] === byte);

/** Without a chunk: whether the last character is whole. */
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
 * What stands between the cells: of comma, semicolon and tab the one that every line of the beginning
 * has equally often; failing that, the most frequent. What is quoted does not count.
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

/** Line ends within quotes are no line ends either. */
const removeQuoted = (text: string) => text.replaceAll(/"(?:[^"]|"")*"/g, "");
