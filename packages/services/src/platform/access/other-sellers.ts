import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../rows.ts";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { visibleSellerIds } from "./allow.ts";

const Stated = z.object({ id: z.string(), sellerId: z.string().nullable() });
type Stated = z.infer<typeof Stated>;

/**
 * Asserts that an actor limited to sellers may see what was stated about these rows. `about` holds ids of
 * consent events, opt-outs, screenings or scrubs. Each of these must belong to the actor's sellers, or name no
 * seller; other ids do not count. If there is none of these at all, the actor is refused.
 */
export async function assertMaySeeStatements(
  { db, organizationId, actor }: TransactionContext,
  about: readonly string[],
): Promise<void> {
  const theirs = visibleSellerIds(actor);
  if (theirs === null) return;
  const rows = await selectRows(
    { db },
    Stated,
    sql`
    SELECT id, seller_id AS "sellerId" FROM (
      SELECT organization_id, id, seller_id::text FROM consent_event
      UNION ALL SELECT organization_id, id, seller_id::text FROM opt_out
      UNION ALL SELECT organization_id, id, seller_id::text FROM screening
      UNION ALL SELECT organization_id, id, settings->>'seller' FROM scrub
    ) AS stated
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${[...about]}::uuid[])`,
  );
  const isTheirs = rows.every(
    ({ sellerId }) => sellerId === null || theirs.some((id) => id === sellerId),
  );
  if (rows.length > 0 && isTheirs) return;
  throw new ServiceError("forbidden", { key: "error.seller-not-yours" });
}

/**
 * Lists the ids of forms that show words of a seller for whom the actor does not work, in their draft or in a
 * version.
 */
export async function listFormsOfOtherSellers({
  db,
  organizationId,
  actor,
}: TransactionContext): Promise<Set<string>> {
  const theirs = visibleSellerIds(actor);
  if (theirs === null) return new Set();
  const rows = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    SELECT DISTINCT form.id FROM (
      SELECT id, draft AS settings FROM capture_form WHERE organization_id = ${organizationId}::uuid
      UNION ALL SELECT form_id, settings FROM capture_form_version
        WHERE organization_id = ${organizationId}::uuid
    ) AS form
    CROSS JOIN jsonb_array_elements(settings->'disclosures') AS shown
    JOIN disclosure ON organization_id = ${organizationId}::uuid
      AND disclosure.id = (shown->>'id')::uuid AND version = (shown->>'version')::int
    WHERE NOT terms->>'seller' = ANY (${[...theirs]}::text[])`,
  );
  return new Set(rows.map(({ id }) => id));
}
