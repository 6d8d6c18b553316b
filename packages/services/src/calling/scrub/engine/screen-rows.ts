import type { ScrubId } from "@ringfence/core/ids";
import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import { type PhoneSecret, computePhoneKey } from "../../../platform/internal.ts";
import type { ResolvedCall } from "../../screening/internal.ts";
import {
  type ClassifiedRows,
  listArrays,
  createRowEndings,
  createResultWriter,
} from "./result-writer.ts";
import type { LookupResult } from "./look-up.ts";
import { createClassifier } from "./classifier.ts";
import type { PlannedFile } from "./plan-file.ts";
import type { FileHeader, NumberedRows } from "./read-file.ts";
import { type Subtree, hashSubtrees } from "./row-tree.ts";
import { createRowMachine } from "./row-machine.ts";
import type { ScrubSnapshot } from "./snapshot.ts";
import { freeMemory } from "./thread-messages.ts";
import type { Verdict } from "@ringfence/core/calling/screening";

/** The call and the facts by which rows are screened. */
export type ScreeningBasis = {
  scrubId: ScrubId;
  snapshot: ScrubSnapshot;
  call: ResolvedCall;
  phoneSecret: PhoneSecret;
};

/** Written rows of the result from number `first` on, the bytes of the file that they took, and the tree over them. */
export type ScreenedRows = {
  written: Uint8Array<ArrayBuffer>;
  first: number;
  rows: number;
  bytes: number;
  subtrees: readonly Subtree[];
};

/** Hash and counts of the whole file, known at its end. */
type FileTotals = { inputHash: Uint8Array; counts: ScrubCounts };

export type FileScreening = {
  /**
   * Yields the result piece by piece, in the order of the file. Before it is called, the file is only read
   * ahead. A piece is valid until the piece after the next is requested.
   */
  screened: (basis: ScreeningBasis) => AsyncGenerator<FileHeader | ScreenedRows | FileTotals>;
  /** Must be called at the end, after a failure too. */
  stop: () => Promise<void>;
};

/** Creates a function that finds the verdict on each row and counts verdicts. It frees the numbers that it is given. */
export function createRowClassifier(
  { dialect: { delimiter } }: PlannedFile,
  { scrubId, snapshot, call, phoneSecret }: ScreeningBasis,
) {
  const { classify, verdicts } = createClassifier(snapshot, call, (phone) =>
    computePhoneKey(phoneSecret, phone),
  );
  /** Number of rows per verdict; index 0 counts rows without a number. */
  const byVerdict: number[] = [];
  let endings = createRowEndings(verdicts, scrubId, delimiter);

  return {
    judge({ rows, first, ...numbers }: NumberedRows, looked: LookupResult): ClassifiedRows {
      const found = classify(numbers, looked);
      freeMemory(numbers.digits, numbers.plans, looked.phones, ...looked.answers);
      for (const verdict of found) byVerdict[verdict] = (byVerdict[verdict] ?? 0) + 1;
      if (endings.until.length <= verdicts.length) {
        endings = createRowEndings(verdicts, scrubId, delimiter);
      }
      return { rows, verdicts: found, first, endings };
    },
    counts: (): ScrubCounts => toScrubCounts(byVerdict, verdicts),
  };
}

/** Memory is allocated in multiples of this, so that it fits the next stretch of rows too. */
const spareBytes = 256 * 1_024;

/** Creates a writer that writes and hashes classified rows, and frees them. It reuses memory that is given back. */
export function createRowWriter({ dialect: { delimiter }, columns }: PlannedFile) {
  const machine = createRowMachine();
  const write = createResultWriter(machine, delimiter, columns);
  const spare: ArrayBuffer[] = [];
  const allocate = (bytes: number) => {
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
      const written = new Uint8Array(allocate(size), 0, size);
      written.set(machine.bytes(made.from, size));
      const screened = { first, rows: verdicts.length, bytes: rows.bytes.length };
      freeMemory(...listArrays(judged));
      return { written, ...screened, subtrees };
    },
    /** Takes back memory of written rows that is no longer needed. */
    giveBack: (memory: ArrayBuffer) => void spare.push(memory),
  };
}

/**
 * Counts allowed and refused rows, and rows per reason: a row may have several. `byVerdict` has the count
 * of rows without a number first, then that of each verdict.
 */
function toScrubCounts(byVerdict: readonly number[], verdicts: readonly Verdict[]): ScrubCounts {
  const [invalid = 0, ...known] = byVerdict;
  const counts: ScrubCounts = { allow: 0, refuse: invalid, callableLater: 0, reasons: {} };
  if (invalid > 0) counts.reasons["number-invalid"] = invalid;
  for (const [found, { verdict, refusals, callableFrom }] of verdicts.entries()) {
    const rows = known[found] ?? 0;
    if (rows === 0) continue; // its class was divided by later instants
    counts[verdict] += rows;
    if (callableFrom !== null) counts.callableLater += rows;
    for (const reason of new Set(refusals.map((refusal) => refusal.reason))) {
      counts.reasons[reason] = (counts.reasons[reason] ?? 0) + rows;
    }
  }
  return counts;
}
