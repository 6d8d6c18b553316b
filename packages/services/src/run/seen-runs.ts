import { sellersSeenBy } from "../access/sellers-seen-by.ts";
import type { TransactionContext } from "../context.ts";

/** Prisma filter that leaves out scrubs of sellers whom the actor does not see. */
export async function seenRuns({ db, organizationId, actor }: TransactionContext) {
  const theirs = sellersSeenBy(actor);
  if (theirs === null) return {};
  const others = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM scrub
    WHERE organization_id = ${organizationId}::uuid
      AND NOT settings->>'seller' = ANY (${[...theirs]}::text[])`;
  return { NOT: { job: "scrub.run", subjectId: { in: others.map(({ id }) => id) } } };
}
