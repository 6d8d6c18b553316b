// Hashing is deterministic: it makes no result depend on when or where it runs.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import type { RunProgress } from "@ringfence/core/platform/run";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { makeRowHasher } from "./row-hasher.ts";
import type { FileScreening, Screening } from "./screen-rows.ts";

/** SHA-256 of the file as it came and of the result; the Merkle root over the rows of the result. */
export type Hashes = { input: Uint8Array; result: Uint8Array; root: Uint8Array };

/** What came of a file; of the hashes and counts nothing before its end. */
export type Outcome = { rows: number; ended: { counts: ScrubCounts; hashes: Hashes } | null };

type Progress = Pick<RunProgress, "rows" | "bytes">;

/** The result of a scrub, piece by piece: the rows of the file as they came, each with its verdict. */
export async function* screenFile(
  file: FileScreening,
  by: Screening,
  outcome: Outcome,
  onProgress: (progress: Progress) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const [result, rowHasher] = [createHash("sha256"), makeRowHasher()];
  let bytes = 0;

  for await (const done of file.screened(by)) {
    if ("counts" in done) {
      const { inputHash: input, counts } = done;
      outcome.ended = {
        counts,
        hashes: { input, result: result.digest(), root: rowHasher.root() },
      };
    } else {
      yield done.written;
      result.update(done.written);
      bytes += done.bytes;
      if ("subtrees" in done) {
        for (const subtree of done.subtrees) rowHasher.add(subtree);
        outcome.rows += done.rows;
      }
      await onProgress({ rows: outcome.rows, bytes });
    }
  }
}
