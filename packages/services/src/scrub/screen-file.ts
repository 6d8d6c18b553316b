import type { RunProgress } from "@ringfence/core/run";
import { numberInvalid } from "@ringfence/core/screening";
import type { Classified, FileBeside } from "./file-beside.ts";
import type { Hashes } from "./file-work.ts";
import type { Classifier } from "./make-classifier.ts";
import { endingsOf } from "./result-writer.ts";

type Screening = {
  scrubId: string;
  /** What stands between the columns of the file. */
  delimiter: number;
  classifier: Classifier;
  /** Told after each piece. */
  onProgress: (progress: Pick<RunProgress, "rows" | "bytes">) => Promise<void>;
};

/** What was given how often: rows by their class, where 0 is that of rows without a number. */
export type Tally = { rows: number; byClass: number[]; hashes: Hashes | null };

const invalid = numberInvalid({ key: "refusal.number-invalid" });

/** What is written behind a row without a number. */
export const invalidEndingOf = (scrubId: string, delimiter: number): Uint8Array =>
  Buffer.concat(endingsOf([invalid], scrubId, delimiter));

/** The result of a scrub, piece by piece: the rows of the file as they came, each with its verdict. */
export async function* screenFile(
  file: FileBeside,
  { scrubId, delimiter, classifier, onProgress }: Screening,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let known = 0;

  const classify = (numbers: Float64Array): Classified => {
    const classes = classifier.classify(numbers);
    count(classes, tally);
    const more = classifier.verdicts.slice(known);
    known += more.length;
    return { classes, newEndings: endingsOf(more, scrubId, delimiter) };
  };
  for await (const done of file.screened(classify)) {
    if ("hashes" in done) tally.hashes = done.hashes;
    else {
      yield done.written;
      tally.rows += done.rows;
      bytes += done.bytes;
      await onProgress({ rows: tally.rows, bytes });
    }
  }
}

function count(classes: Int32Array, { byClass }: Tally) {
  for (const found of classes) byClass[found] = (byClass[found] ?? 0) + 1;
}
