import type { ImportKind, ImportOutcome } from "@ringfence/core/desk/import";
import type { TransactionContext } from "../../platform/context.ts";
import { putActivityRows } from "./put-activity-rows.ts";
import { putCallRows } from "./put-call-rows.ts";
import { putConsentRows } from "./put-consent-rows.ts";
import { putContactRows } from "./put-contact-rows.ts";
import { putOptOutRows } from "./put-opt-out-rows.ts";
import { putSuppressionRows } from "./put-suppression-rows.ts";
import type { TableRow } from "./read-table.ts";
import type { ImportPlan, RowPutter } from "./row-putter.ts";

const putters: Record<ImportKind, RowPutter> = {
  contacts: putContactRows,
  consents: putConsentRows,
  opt_outs: putOptOutRows,
  suppressions: putSuppressionRows,
  activities: putActivityRows,
  calls: putCallRows,
};

/** Puts rows of a file on record, each by itself: a bad one never loses a good one. */
export const putRows = async (
  ctx: TransactionContext,
  kind: ImportKind,
  rows: readonly TableRow[],
  plan: ImportPlan,
): Promise<ImportOutcome[]> => {
  const outcomes = await putters[kind](ctx, rows, plan);
  return outcomes.toSorted((a, b) => a.line - b.line);
};
