import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../rows.ts";
import { visibleSellerIds } from "../access/allow.ts";
import { listFormsOfOtherSellers } from "../access/other-sellers-forms.ts";
import type { TransactionContext } from "../context.ts";

/** Prisma filter that leaves out scrubs of sellers whom the actor does not see, and checks of their forms. */
export async function visibleRunsFilter(ctx: TransactionContext) {
  const { db, organizationId, actor } = ctx;
  const theirs = visibleSellerIds(actor);
  if (theirs === null) return {};
  const others = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    SELECT id FROM scrub
    WHERE organization_id = ${organizationId}::uuid
      AND NOT settings->>'seller' = ANY (${[...theirs]}::text[])`,
  );
  const forms = await listFormsOfOtherSellers(ctx);
  return { NOT: { subjectId: { in: [...others.map(({ id }) => id), ...forms] } } };
}
