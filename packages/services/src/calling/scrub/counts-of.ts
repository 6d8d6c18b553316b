import type { ScrubCounts } from "@ringfence/core/calling/scrub";
import type { Verdict } from "@ringfence/core/calling/screening";

/**
 * How many rows were allowed and refused, and for which reasons: a row may have several. `byVerdict` counts
 * rows without a number first, then those of each verdict.
 */
export function countsOf(byVerdict: readonly number[], verdicts: readonly Verdict[]): ScrubCounts {
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
