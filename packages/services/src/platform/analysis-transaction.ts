import { type ServiceContext, type TransactionContext, inTransaction } from "./context.ts";
import { ServiceError } from "./errors.ts";

const PATIENCE_MS = 20_000;

/**
 * A transaction that counts over all contacts: with memory for it, and with an end to its
 * patience.
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
    if (isTimeout(error)) throw new ServiceError("invalid", { key: "segment.too-slow" });
    throw error;
  }
}

/** SQLSTATE 57014, query_canceled, wherever the layers above have put it. */
const isTimeout = (error: unknown) => error instanceof Error && /57014/.test(JSON.stringify(error));
