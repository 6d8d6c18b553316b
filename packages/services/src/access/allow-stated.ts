import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { sellersSeenBy } from "./sellers-seen-by.ts";

type Stated = { id: string; sellerId: string | null };

/**
 * Refuses an actor who is limited to sellers what was stated about another's consent, refusal, screening or
 * scrub, and about what is no seller's. A refusal that names no seller is also theirs. `about` are the ids of
 * these rows; of several, each must be theirs.
 */
export async function allowStated(
  { db, organizationId, actor }: TransactionContext,
  about: readonly string[],
): Promise<void> {
  const theirs = sellersSeenBy(actor);
  if (theirs === null) return;
  const rows = await db.$queryRaw<Stated[]>`
    SELECT id, seller_id AS "sellerId" FROM (
      SELECT organization_id, id, seller_id::text FROM consent_event
      UNION ALL SELECT organization_id, id, seller_id::text FROM opt_out
      UNION ALL SELECT organization_id, id, seller_id::text FROM screening
      UNION ALL SELECT organization_id, id, settings->>'seller' FROM scrub
    ) AS stated
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${[...about]}::uuid[])`;
  const isTheirs = rows.every(
    ({ sellerId }) => sellerId === null || theirs.some((id) => id === sellerId),
  );
  if (rows.length > 0 && isTheirs) return;
  throw new ServiceError("forbidden", { key: "error.seller-not-yours" });
}
