import type { Columns } from "@ringfence/core/audience/segment/columns";
import { allow } from "../../platform/access/allow.ts";
import type { ServiceContext, TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { touchedColumns } from "./columns/touched-columns.ts";
import { inAnalysis } from "./in-analysis.ts";

/** People of whom activities came, and what is known of them, read once for all segments. */
export type Touched = {
  ordinals: readonly number[];
  /** As of when, or later, columns tell of them; null where none do. */
  at: Date | null;
  columns: Columns | null;
  /** Of whom columns do not tell everything: the database is asked about them. */
  others: readonly number[];
};

/** The database is asked about all of them. */
export const byDatabase = (ordinals: readonly number[]): Touched => ({
  ordinals,
  at: null,
  columns: null,
  others: ordinals,
});

/** What this process knows of people of whom activities came, as of now. */
export async function readTouched(
  ctx: ServiceContext,
  ordinals: readonly number[],
): Promise<Touched> {
  allow(ctx, "segment.refresh");

  const read = async (ctx: TransactionContext): Promise<Touched> => {
    const found = await touchedColumns(ctx, ordinals);
    return found === null ? byDatabase(ordinals) : { ordinals, at: ctx.now, ...found };
  };
  try {
    return await inAnalysis(ctx, read);
  } catch (error) {
    // To read them took too long: that keeps no segment from being asked about.
    if (error instanceof ServiceError) return byDatabase(ordinals);
    throw error;
  }
}
