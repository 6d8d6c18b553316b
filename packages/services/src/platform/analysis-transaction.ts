import { findSqlState } from "@ringfence/db";
import { type ServiceContext, type TransactionContext, inTransaction } from "./context.ts";
import { ServiceError } from "./errors.ts";

/** Time for one statement. The whole transaction may take twice as long. */
const PATIENCE_MS = 20_000;
/** SQLSTATE of a statement that took longer than `statement_timeout`. */
const QUERY_CANCELED = "57014";

/**
 * Runs a transaction that may read all contacts. It gets memory for that, and a statement that takes longer than 20
 * seconds fails with `segment.too-slow`. Joins the caller's transaction if there is one: the settings then stay until
 * that one ends, and its own timeout applies.
 */
export async function inAnalysisTransaction<T>(
  ctx: ServiceContext,
  work: (ctx: TransactionContext) => Promise<T>,
): Promise<T> {
  const prepared = async (ctx: TransactionContext) => {
    await ctx.db.$executeRaw`
      SELECT set_config('work_mem', '128MB', true), set_config('random_page_cost', '1.1', true),
        set_config('statement_timeout', ${String(PATIENCE_MS)}, true)`;
    return work(ctx);
  };
  try {
    return await inTransaction(ctx, prepared, { timeoutMs: 2 * PATIENCE_MS });
  } catch (error) {
    if (findSqlState(error) === QUERY_CANCELED)
      throw new ServiceError("invalid", { key: "segment.too-slow" });
    throw error;
  }
}
