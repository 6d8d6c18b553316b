import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../rows.ts";
import { visibleSellerIds } from "./allow.ts";
import type { TransactionContext } from "../context.ts";

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
