import type { PurposeKey, PurposeKind } from "@ringfence/core/account/purpose";
import type { TransactionContext } from "../../platform/context.ts";

export type KnownPurpose = { key: PurposeKey; name: string; kind: PurposeKind };

/** The organization's tree, each node before what is below it: a dot sorts before letters. */
export function purposesOf({ db, organizationId }: TransactionContext): Promise<KnownPurpose[]> {
  return db.$queryRaw<KnownPurpose[]>`
    SELECT key, name, kind FROM purpose WHERE organization_id = ${organizationId}::uuid
    ORDER BY string_to_array(key, '.') COLLATE "C"`;
}
