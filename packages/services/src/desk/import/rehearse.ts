import {
  inTransaction,
  type RootContext,
  type TransactionContext,
} from "../../platform/context.ts";

/** Undoes a transaction. */
class Undone extends Error {}

/** Does work in a transaction that is undone: what it would have found and done, and nothing of it. */
export async function rehearse<T>(
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
        throw new Undone();
      },
      options,
    );
  } catch (error) {
    const [outcome] = found;
    if (!(error instanceof Undone) || outcome === undefined) throw error;
    return outcome;
  }
}
