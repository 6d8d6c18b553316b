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
 * consents, opt-outs, screenings or scrubs, and every one of them must belong to the actor's sellers. An opt-
 * out that names no seller is open to all of them. Statements about anything else are refused.
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
