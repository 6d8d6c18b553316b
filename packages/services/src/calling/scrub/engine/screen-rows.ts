import type { ScrubId } from "@ringfence/core/ids";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { type PhoneSecret, computePhoneKey } from "../../../platform/keys/phone-key.ts";
import type { ResolvedCall } from "../../screening/resolve-call.ts";
import {
  type ClassifiedRows,
  listArrays,
  createRowEndings,
  createResultWriter,
} from "./result-writer.ts";
import type { LookupResult } from "./look-up.ts";
import { createClassifier } from "./classifier.ts";
import type { PlannedFile } from "./plan-file.ts";
import type { Header, NumberedRows } from "./read-file.ts";
import { type Subtree, hashSubtrees } from "./row-tree.ts";
import { createRowMachine } from "./kernels/row-machine.ts";
import type { ScrubSnapshot } from "./snapshot.ts";
import { freeMemory } from "./thread-messages.ts";
import type { Verdict } from "@ringfence/core/calling/screening";

/** What rows are screened by. */
export type ScreeningBasis = {
  scrubId: ScrubId;
  snapshot: ScrubSnapshot;
  call: ResolvedCall;
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
type FileTotals = { inputHash: Uint8Array; counts: ScrubCounts };

export type FileScreening = {
  /**
   * The result piece by piece, in the order of the file; until it is asked for, the file is only read
   * ahead. A piece stands until the one after the next is asked for.
   */
  screened: (by: ScreeningBasis) => AsyncGenerator<Header | ScreenedRows | FileTotals>;
  /** Has to be called in the end, however that is. */
  stop: () => Promise<void>;
};

/** Finds the verdict on each row of a file, and counts what came of them. Of what it is given only rows are left. */
export function createRowClassifier(
  { dialect: { delimiter } }: PlannedFile,
  { scrubId, snapshot, call, phoneSecret }: ScreeningBasis,
) {
  const { classify, verdicts } = createClassifier(snapshot, call, (phone) =>
    computePhoneKey(phoneSecret, phone),
  );
  /** Rows by their verdict, where 0 is that of rows without a number. */
  const byVerdict: number[] = [];
  let endings = createRowEndings(verdicts, scrubId, delimiter);

  return {
    judge({ rows, first, ...numbers }: NumberedRows, looked: LookupResult): ClassifiedRows {
      const found = classify(numbers, looked);
      freeMemory(numbers.digits, numbers.plans, looked.live, ...looked.answers);
      for (const verdict of found) byVerdict[verdict] = (byVerdict[verdict] ?? 0) + 1;
      if (endings.until.length <= verdicts.length) {
        endings = createRowEndings(verdicts, scrubId, delimiter);
      }
      return { rows, verdicts: found, first, endings };
    },
    counts: (): ScrubCounts => toScrubCounts(byVerdict, verdicts),
  };
}

/** Memory is taken by so much, that what one stretch of rows was written to may do for the next. */
const spareBytes = 256 * 1_024;

/** Writes rows with what is told of them, and hashes them; then they are no more. Memory that is given back is written to again. */
export function createRowWriter({ dialect: { delimiter }, columns }: PlannedFile) {
  const machine = createRowMachine();
  const write = createResultWriter(machine, delimiter, columns);
  const spare: ArrayBuffer[] = [];
  const memoryOf = (bytes: number) => {
    const known = spare.pop();
    if (known !== undefined && known.byteLength >= bytes) return known;
    return new ArrayBuffer(Math.ceil(bytes / spareBytes) * spareBytes);
  };
  return {
    write(judged: ClassifiedRows): ScreenedRows {
      machine.empty();
      const { first, rows, verdicts } = judged;
      const made = write(judged);
      const size = made.until - made.from;
      const subtrees = hashSubtrees(machine, made, first, verdicts.length);
      const written = new Uint8Array(memoryOf(size), 0, size);
      written.set(machine.bytes(made.from, size));
      const screened = { first, rows: verdicts.length, bytes: rows.bytes.length };
      freeMemory(...listArrays(judged));
      return { written, ...screened, subtrees };
    },
    /** Memory of rows that were written, and that nobody needs any more. */
    giveBack: (memory: ArrayBuffer) => void spare.push(memory),
  };
}

/**
 * How many rows were allowed and refused, and for which reasons: a row may have several. `byVerdict` counts
 * rows without a number first, then those of each verdict.
 */
function toScrubCounts(byVerdict: readonly number[], verdicts: readonly Verdict[]): ScrubCounts {
  const [invalid = 0, ...known] = byVerdict;
  const counts: ScrubCounts = { allow: 0, refuse: invalid, callableLater: 0, reasons: {} };
  if (invalid > 0) counts.reasons["number-invalid"] = invalid;
  for (const [found, { verdict, refusals, callableFrom }] of verdicts.entries()) {
    const rows = known[found] ?? 0;
    if (rows === 0) continue; // its class fell apart into others of less facts each
    counts[verdict] += rows;
    if (callableFrom !== null) counts.callableLater += rows;
    for (const reason of new Set(refusals.map((refusal) => refusal.reason))) {
      counts.reasons[reason] = (counts.reasons[reason] ?? 0) + rows;
    }
  }
  return counts;
}
