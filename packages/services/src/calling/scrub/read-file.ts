// Hashing is deterministic: it makes no result depend on when or where it runs.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import type { Rows } from "@ringfence/core/people/number-file";
import type { PlannedFile } from "./plan-file.ts";
import { columnsBeside } from "./result-writer.ts";
import { makeRowReader, type NumberedRows } from "./row-reader.ts";

/** The header as it is written, and of how many bytes of the file it is. */
export type Header = { written: Uint8Array<ArrayBuffer>; bytes: number };

/** Finds the rows of a file and their numbers, and hashes it as it came. */
export function makeFileReader(plan: PlannedFile) {
  const input = createHash("sha256");
  const reader = makeRowReader(plan);

  function* told(read: ReturnType<typeof reader.end>): Generator<NumberedRows | Header> {
    for (const rows of read) {
      if ("header" in rows) {
        yield { written: headerOf(rows.header, plan), bytes: rows.header.bytes.length };
      } else yield rows;
    }
  }

  return {
    read(content: Uint8Array) {
      input.update(content);
      return told(reader.read(content));
    },
    end: () => told(reader.end()),
    hash: () => new Uint8Array(input.digest()),
  };
}

/** As it came, mark of the byte order included, and the names of the four columns more. */
function headerOf({ bytes, end }: Rows, { dialect, names }: PlannedFile) {
  const at = end[0] ?? 0;
  const more = ["", ...columnsBeside(names)].join(String.fromCharCode(dialect.delimiter));
  return new Uint8Array(
    Buffer.concat([bytes.subarray(0, at), Buffer.from(more), bytes.subarray(at)]),
  );
}
