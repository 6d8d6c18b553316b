import type { OfferId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** Who takes up an offer and who puts it away follow one another. */
export const lockOffers = (
  { db, organizationId }: TransactionContext,
  ids: readonly OfferId[],
): Promise<unknown> =>
  db.$queryRaw`SELECT FROM offer
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])
    ORDER BY id FOR NO KEY UPDATE`;
