import { type TransactionContext, query } from "../../platform/internal.ts";
import type { PurposeKey, PurposeKind } from "@ringfence/core/account/purpose";

/** Lists the organization's purposes, each before those below it. */
export const listPurposes = query({
  name: "listPurposes",
  action: "organization.read",
  run: (ctx) => loadPurposes(ctx),
  audit: "none",
});

export type KnownPurpose = { key: PurposeKey; name: string; kind: PurposeKind };

/** Loads the organization's purposes, each before those below it. */
export function loadPurposes({ db, organizationId }: TransactionContext): Promise<KnownPurpose[]> {
  return db.$queryRaw<KnownPurpose[]>`
    SELECT key, name, kind FROM purpose WHERE organization_id = ${organizationId}::uuid
    ORDER BY string_to_array(key, '.') COLLATE "C"`;
}
