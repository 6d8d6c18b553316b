import { numberInvalid } from "@ringfence/core/screening";
import type { HashBeside } from "./hash-beside.ts";
import type { Classifier } from "./make-classifier.ts";
import { type NumberedRows, numberedRows } from "./numbered-rows.ts";
import type { PlannedFile } from "./plan-file.ts";
import { columnsBeside, endingsOf, makeResultWriter } from "./result-writer.ts";

type Screening = {
  scrubId: string;
  plan: PlannedFile;
  classifier: Classifier;
  hashes: HashBeside;
  /** Told after each chunk. */
  onProgress: (progress: { rows: number; bytes: number }) => Promise<void>;
};

/** What was given how often: rows by their class, where 0 is that of rows without a number. */
export type Tally = { rows: number; byClass: number[] };

/**
 * The result of a scrub, chunk after chunk: the rows of the file as they came, each with its verdict.
 * Three short loops a chunk: find rows and numbers, look the numbers up, write.
 */
export async function* screenFile(
  content: AsyncIterable<Uint8Array>,
  { scrubId, plan, classifier, hashes, onProgress }: Screening,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  const { delimiter } = plan.dialect;
  const write = makeResultWriter(delimiter, plan.columns);
  const endings = endingsOf([numberInvalid({ key: "refusal.number-invalid" })], scrubId, delimiter);
  let bytesRead = 0;
  let isHeader = plan.hasHeader;
  let classes = new Int32Array(0);

  async function* hashed() {
    for await (const chunk of content) {
      bytesRead += chunk.length;
      await hashes.add({ input: Uint8Array.from(chunk) });
      yield chunk;
    }
  }
  for await (const rows of numberedRows(hashed(), plan)) {
    const { bytes, batch } = rows;
    const from = isHeader ? 1 : 0;
    if (isHeader) yield* [await headerOf(rows, plan, hashes)];
    isHeader = false;

    if (classes.length < batch.count) classes = new Int32Array(batch.start.length);
    classify(rows, from, classes, classifier, tally);
    endings.push(...endingsOf(classifier.verdicts.slice(endings.length - 1), scrubId, delimiter));

    const written = write({ bytes, batch, from, first: tally.rows + 1, classes }, endings);
    tally.rows += batch.count - from;
    await hashes.add({
      output: Uint8Array.from(written.bytes),
      ends: written.ends.slice(),
    });
    yield written.bytes;
    await onProgress({ rows: tally.rows, bytes: bytesRead });
  }
}

/** Classes from 1 on; 0 is that of rows without a number. */
function classify(
  { batch, digits }: NumberedRows,
  from: number,
  classes: Int32Array,
  classifier: Classifier,
  { byClass }: Tally,
) {
  classifier.classify(digits, from, batch.count, classes);
  for (let row = from; row < batch.count; row++) {
    const found = (classes[row] ?? -1) + 1;
    classes[row] = found;
    byClass[found] = (byClass[found] ?? 0) + 1;
  }
}

/** The header as it came, mark of the byte order included, and the names of the four columns more. */
async function headerOf(
  { bytes, batch }: NumberedRows,
  { dialect, names }: PlannedFile,
  hashes: HashBeside,
) {
  const [start, end, next] = [batch.start[0] ?? 0, batch.end[0] ?? 0, batch.next[0] ?? 0];
  const between = String.fromCharCode(dialect.delimiter);
  const header = Buffer.concat([
    bytes.subarray(start, end),
    Buffer.from(["", ...columnsBeside(names)].join(between)),
    bytes.subarray(end, next),
  ]);
  await hashes.add({ output: Uint8Array.from(header), ends: new Int32Array(0) });
  return header;
}
