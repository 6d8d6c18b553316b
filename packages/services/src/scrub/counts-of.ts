import type { ScrubCounts } from "@ringfence/core/scrub";
import { Reason, type Verdict } from "@ringfence/core/screening";

/**
 * How many rows were allowed and refused, and for which reasons: a row may have several. `byClass` counts
 * rows without a number first, then those of each verdict.
 */
export function countsOf(byClass: readonly number[], verdicts: readonly Verdict[]): ScrubCounts {
  const [invalid = 0, ...known] = byClass;
  const counts: ScrubCounts = { allow: 0, refuse: invalid, callableLater: 0, reasons: {} };
  if (invalid > 0) counts.reasons["number-invalid"] = invalid;
  for (const [found, { verdict, refusals, callableFrom }] of verdicts.entries()) {
    const rows = known[found] ?? 0;
    if (rows === 0) continue; // it fell apart into classes of less facts each
    counts[verdict] += rows;
    if (callableFrom !== null) counts.callableLater += rows;
    for (const reason of new Set(refusals.map((refusal) => refusal.reason))) {
      counts.reasons[reason] = (counts.reasons[reason] ?? 0) + rows;
    }
  }
  return counts;
}

/** The counts of rows that were counted apart. */
export function sumOf(parts: readonly ScrubCounts[]): ScrubCounts {
  const sum: ScrubCounts = { allow: 0, refuse: 0, callableLater: 0, reasons: {} };
  for (const { allow, refuse, callableLater, reasons } of parts) {
    sum.allow += allow;
    sum.refuse += refuse;
    sum.callableLater += callableLater;
    for (const reason of Reason.options) {
      const rows = reasons[reason];
      if (rows !== undefined) sum.reasons[reason] = (sum.reasons[reason] ?? 0) + rows;
    }
  }
  return sum;
}
