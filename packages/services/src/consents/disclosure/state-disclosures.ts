import type { TransactionContext } from "../../platform/context.ts";
import { putStatements } from "../../proof/statement/put-statements.ts";
import { statedWorld } from "../../proof/statement/stated-world.ts";
import type { DisclosureRef } from "./disclosure-ref.ts";
import { wordsOf } from "./words-of.ts";

/** States that these words are published: they stand in the ledger before a consent that shows them. */
export async function stateDisclosures(ctx: TransactionContext, refs: readonly DisclosureRef[]) {
  const { organization } = await statedWorld(ctx, []);
  const words = await wordsOf(ctx, refs);
  const statements = refs.map(({ id }, index) => ({
    subjectId: id,
    about: id,
    claims: { organization, disclosure: words[index], at: ctx.now.toISOString() },
  }));
  await putStatements(ctx, "disclosure.published", statements);
}
