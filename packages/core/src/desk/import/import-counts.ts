import type { ImportOutcome } from "./import-outcome.ts";

/** How many rows became what. `noted` are accepted, with something to say of them. */
export type ImportCounts = {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  noted: number;
};

export const noRows: ImportCounts = {
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  noted: 0,
};

export function countOutcomes(
  counts: ImportCounts,
  outcomes: readonly ImportOutcome[],
): ImportCounts {
  const sum = { ...counts, rows: counts.rows + outcomes.length };
  for (const { status, remarks } of outcomes) {
    sum[status]++;
    if (status !== "rejected" && remarks.length > 0) sum.noted++;
  }
  return sum;
}
