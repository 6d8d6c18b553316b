import type { SellerId } from "@ringfence/core/ids";
import type { SellerKey } from "@ringfence/core/seller";
import type { TransactionContext } from "../context.ts";

export type KnownSeller = { id: SellerId; key: SellerKey; name: string };

/** The organization's sellers, by key: they are few. */
export function sellersOf({ db, organizationId }: TransactionContext): Promise<KnownSeller[]> {
  return db.$queryRaw<KnownSeller[]>`
    SELECT id, key, name FROM seller WHERE organization_id = ${organizationId}::uuid ORDER BY key`;
}
