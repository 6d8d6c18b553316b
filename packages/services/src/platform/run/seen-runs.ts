import { sellersSeenBy } from "../access/sellers-seen-by.ts";
import { formsOfOthers } from "../access/forms-of-others.ts";
import type { TransactionContext } from "../context.ts";

/** Prisma filter that leaves out scrubs of sellers whom the actor does not see, and checks of their forms. */
export async function seenRuns(ctx: TransactionContext) {
  const { db, organizationId, actor } = ctx;
  const theirs = sellersSeenBy(actor);
  if (theirs === null) return {};
  const others = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM scrub
    WHERE organization_id = ${organizationId}::uuid
      AND NOT settings->>'seller' = ANY (${[...theirs]}::text[])`;
  const forms = await formsOfOthers(ctx);
  return { NOT: { subjectId: { in: [...others.map(({ id }) => id), ...forms] } } };
}
