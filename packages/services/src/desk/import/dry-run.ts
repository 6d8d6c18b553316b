import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/internal.ts";

/** Thrown to roll a transaction back. */
class RolledBack extends Error {}

/** Runs work in a transaction that is rolled back, and returns its result. */
export async function dryRun<T>(
  ctx: RootContext,
  work: (ctx: TransactionContext) => Promise<T>,
  options: { timeoutMs: number },
): Promise<T> {
  const found: T[] = [];
  try {
    return await inTransaction(
      ctx,
      async (ctx) => {
        found.push(await work(ctx));
        throw new RolledBack();
      },
      options,
    );
  } catch (error) {
    const [outcome] = found;
    if (!(error instanceof RolledBack) || outcome === undefined) throw error;
    return outcome;
  }
}
