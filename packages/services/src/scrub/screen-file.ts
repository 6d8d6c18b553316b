import type { RunProgress } from "@ringfence/core/run";
import { numberInvalid, type Verdict } from "@ringfence/core/screening";
import { type Classified, fileBeside } from "./file-beside.ts";
import type { Hashes } from "./file-work.ts";
import type { Classifier } from "./make-classifier.ts";
import type { PlannedFile } from "./plan-file.ts";
import { endingsOf } from "./result-writer.ts";

type Screening = {
  scrubId: string;
  plan: PlannedFile;
  classifier: Classifier;
  /** Told after each piece. */
  onProgress: (progress: Pick<RunProgress, "rows" | "bytes">) => Promise<void>;
};

/** What was given how often: rows by their class, where 0 is that of rows without a number. */
export type Tally = { rows: number; byClass: number[]; hashes: Hashes | null };

const invalid = numberInvalid({ key: "refusal.number-invalid" });

/** The result of a scrub, piece by piece: the rows of the file as they came, each with its verdict. */
export async function* screenFile(
  content: AsyncIterable<Uint8Array>,
  { scrubId, plan, classifier, onProgress }: Screening,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  const endings = (verdicts: readonly Verdict[]) =>
    endingsOf(verdicts, scrubId, plan.dialect.delimiter);
  const [invalidEnding = new Uint8Array()] = endings([invalid]);
  let bytes = 0;
  let known = 0;

  async function* counted() {
    for await (const chunk of content) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  const classify = (numbers: Float64Array): Classified => {
    const classes = classifier.classify(numbers);
    count(classes, tally);
    const more = classifier.verdicts.slice(known);
    known += more.length;
    return { classes, newEndings: endings(more) };
  };
  for await (const done of fileBeside(counted(), { plan, invalidEnding }, classify)) {
    if ("hashes" in done) tally.hashes = done.hashes;
    else {
      yield done.written;
      tally.rows += done.rows;
      await onProgress({ rows: tally.rows, bytes });
    }
  }
}

function count(classes: Int32Array, { byClass }: Tally) {
  for (const found of classes) byClass[found] = (byClass[found] ?? 0) + 1;
}
