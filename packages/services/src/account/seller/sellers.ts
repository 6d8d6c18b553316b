import { sql } from "kysely";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { SellerId } from "@ringfence/core/ids";
import { ConsentPolicy, Sector, SellerKey, findSeller } from "@ringfence/core/account/seller";

/** Lists the organization's sellers, ordered by key. */
export const listSellers = query({
  name: "listSellers",
  action: "organization.read",
  run: (ctx) => loadSellers(ctx),
  audit: "none",
});

export const KnownSeller = z.object({
  id: SellerId,
  key: SellerKey,
  name: z.string(),
  sector: Sector,
  consentPolicy: ConsentPolicy,
});
export type KnownSeller = z.infer<typeof KnownSeller>;

/** Loads the organization's sellers, ordered by key. */
export function loadSellers({ db, organizationId }: TransactionContext): Promise<KnownSeller[]> {
  return selectRows(
    { db },
    KnownSeller,
    sql`
    SELECT id, key, name, sector, consent_policy AS "consentPolicy"
    FROM seller WHERE organization_id = ${organizationId}::uuid ORDER BY key`,
  );
}

/** Resolves sellers by key or id. Throws for an unknown one, because an empty list would mean all sellers. */
export async function resolveSellerIds(
  ctx: TransactionContext,
  named: readonly string[] = [],
  path = "/sellers",
): Promise<SellerId[]> {
  const known = await loadSellers(ctx);
  return named.map((keyOrId, index) => {
    const { seller, fault } = findSeller(known, keyOrId);
    if (fault) throw new ServiceError("invalid-field", fault, `${path}/${index}`);
    return seller.id;
  });
}
