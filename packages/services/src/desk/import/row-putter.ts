import type { ImportId } from "@ringfence/core/ids";
import type { ImportOutcome, Mapping } from "@ringfence/core/desk/import";
import type { TransactionContext } from "../../platform/context.ts";
import type { TableRow } from "./read-table.ts";

/** Which file it is, and how it is read. */
export type ImportPlan = { importId: ImportId; mapping: Mapping };

/** Puts rows of a file of one kind on record; tells of each what became of it, in any order. */
export type RowPutter = (
  ctx: TransactionContext,
  rows: readonly TableRow[],
  plan: ImportPlan,
) => Promise<ImportOutcome[]>;
