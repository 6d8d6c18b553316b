import type { ScrubId } from "@ringfence/core/ids";
import type { ScrubCounts } from "@ringfence/core/scrub";
import { numberInvalid } from "@ringfence/core/screening";
import { phoneKeyBy, type PhoneSecret } from "../keys/open-keys.ts";
import type { AskedCall } from "../screening/asked-call.ts";
import { countsOf } from "./counts-of.ts";
import { makeClassifier } from "./make-classifier.ts";
import type { PlannedFile } from "./plan-file.ts";
import type { Header } from "./read-file.ts";
import { endingsOf, makeResultWriter } from "./result-writer.ts";
import { makeRowHasher, type Subtree } from "./row-hasher.ts";
import type { NumberedRows } from "./row-reader.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** What rows are screened by. */
export type Screening = {
  scrubId: ScrubId;
  snapshot: ScrubSnapshot;
  call: AskedCall;
  phoneSecret: PhoneSecret;
};

/** Rows of the result from that of number `first` on, of how many bytes of the file, and the tree over them. */
export type ScreenedRows = {
  written: Uint8Array<ArrayBuffer>;
  first: number;
  rows: number;
  bytes: number;
  subtrees: readonly Subtree[];
};

/** What is known when all is read and screened. */
export type Ended = { inputHash: Uint8Array; counts: ScrubCounts };

export type FileScreening = {
  /** The result piece by piece, in the order of the file; until it is asked for, the file is only read ahead. */
  screened: (by: Screening) => AsyncGenerator<Header | ScreenedRows | Ended>;
  /** Has to be called in the end, however that is. */
  stop: () => Promise<void>;
};

/** Screens rows of a file, whichever they are, and counts what came of them. */
export function makeRowScreener(
  { dialect: { delimiter }, columns }: PlannedFile,
  { scrubId, snapshot, call, phoneSecret }: Screening,
) {
  const { classify, verdicts } = makeClassifier(snapshot, call, (phone) =>
    phoneKeyBy(phoneSecret, phone),
  );
  const write = makeResultWriter(delimiter, columns);
  const invalid = numberInvalid({ key: "refusal.number-invalid" });
  const endings = endingsOf([invalid], scrubId, delimiter);
  /** Rows by their class, where 0 is that of rows without a number. */
  const byClass: number[] = [];

  return {
    screen({ rows, digits, first }: NumberedRows): ScreenedRows {
      const classes = classify(digits);
      for (const found of classes) byClass[found] = (byClass[found] ?? 0) + 1;
      endings.push(...endingsOf(verdicts.slice(endings.length - 1), scrubId, delimiter));
      const { bytes, ends } = write({ rows, classes, first }, endings);

      const hasher = makeRowHasher(first);
      let start = 1;
      for (const end of ends) {
        hasher.addRow(bytes, start, end);
        start = end;
      }
      return {
        written: bytes.subarray(1),
        first,
        rows: ends.length,
        bytes: rows.bytes.length,
        subtrees: hasher.subtrees(),
      };
    },
    counts: (): ScrubCounts => countsOf(byClass, verdicts),
  };
}
