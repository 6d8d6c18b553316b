import type { CsvMapping } from "../csv-mapping.ts";

const UTF_8 = [0xef, 0xbb, 0xbf];
const UTF_16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** The bytes after the mark with which a file may begin; null when it tells of another encoding. */
export function afterMark(bytes: Uint8Array, encoding: CsvMapping["encoding"]): Uint8Array | null {
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
