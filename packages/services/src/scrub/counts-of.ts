import type { ScrubCounts } from "@ringfence/core/scrub";
import type { Verdict } from "@ringfence/core/screening";
import type { Tally } from "./screen-file.ts";

/** How many rows were allowed and refused, and for which reasons: a row may have several. */
export function countsOf({ byClass }: Tally, verdicts: readonly Verdict[]): ScrubCounts {
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
