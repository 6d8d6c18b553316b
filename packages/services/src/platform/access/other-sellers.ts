import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../rows.ts";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { visibleSellerIds } from "./allow.ts";

const SellerOfRecord = z.object({ id: z.string(), sellerId: z.string().nullable() });

/**
 * Asserts that the actor may see statements of the ledger about these records. An actor who is not limited to some
 * sellers may see all. For anyone else, each consent event, opt-out, screening and scrub among the records must belong
 * to one of the actor's sellers, or name no seller. Ids of other records do not count; if there are only such, the
 * actor is refused.
 */
export async function assertMaySeeStatements(
  { db, organizationId, actor }: TransactionContext,
  recordIds: readonly string[],
): Promise<void> {
  const theirs = visibleSellerIds(actor);
  if (theirs === null) return;
  const rows = await selectRows(
    { db },
    SellerOfRecord,
    sql`
    SELECT id, seller_id AS "sellerId" FROM (
      SELECT organization_id, id, seller_id::text FROM consent_event
      UNION ALL SELECT organization_id, id, seller_id::text FROM opt_out
      UNION ALL SELECT organization_id, id, seller_id::text FROM screening
      UNION ALL SELECT organization_id, id, settings->>'seller' FROM scrub
    ) AS record
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${[...recordIds]}::uuid[])`,
  );
  const isTheirs = rows.every(
    ({ sellerId }) => sellerId === null || theirs.some((id) => id === sellerId),
  );
  if (rows.length > 0 && isTheirs) return;
  throw new ServiceError("forbidden", { key: "error.seller-not-yours" });
}

/**
 * Lists the ids of capture forms whose draft or any version shows a disclosure of a seller for whom the actor does
 * not work. Empty for an actor who is not limited to some sellers.
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
