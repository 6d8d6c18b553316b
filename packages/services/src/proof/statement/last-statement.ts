import type { TransactionContext } from "../../platform/context.ts";
import { openStatements } from "./open-statements.ts";

/** What was stated last of these events, as an SD-JWT with what can still be disclosed of it. */
export async function lastStatement(
  ctx: TransactionContext,
  about: readonly string[],
): Promise<string> {
  const stated = await openStatements(ctx, { about });
  const last = stated.at(-1);
  if (!last) throw new Error("what is on record was not stated");
  return last.statement;
}
