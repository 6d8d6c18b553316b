import type { SellerId } from "@ringfence/core/ids";
import type { ConsentPolicy, Sector, SellerKey } from "@ringfence/core/account/seller";
import type { TransactionContext } from "../../platform/context.ts";

export type KnownSeller = {
  id: SellerId;
  key: SellerKey;
  name: string;
  sector: Sector;
  consentPolicy: ConsentPolicy;
};

/** The organization's sellers, by key: they are few. */
export function sellersOf({ db, organizationId }: TransactionContext): Promise<KnownSeller[]> {
  return db.$queryRaw<KnownSeller[]>`
    SELECT id, key, name, sector, consent_policy AS "consentPolicy"
    FROM seller WHERE organization_id = ${organizationId}::uuid ORDER BY key`;
}
