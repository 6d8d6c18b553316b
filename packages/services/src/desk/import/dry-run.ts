import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";

/** Undoes a transaction. */
class RolledBack extends Error {}

/** Does work in a transaction that is undone: what it would have found and done, and nothing of it. */
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
