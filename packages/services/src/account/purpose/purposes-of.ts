import { allow } from "../../platform/access/allow.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import type { PurposeKey, PurposeKind } from "@ringfence/core/account/purpose";

/** The organization's tree of purposes, each node before what is below it. */
export async function listPurposes(ctx: ServiceContext) {
  allow(ctx, "organization.read");

  return inTransaction(ctx, purposesOf);
}

export type KnownPurpose = { key: PurposeKey; name: string; kind: PurposeKind };

/** The organization's tree, each node before what is below it: a dot sorts before letters. */
export function purposesOf({ db, organizationId }: TransactionContext): Promise<KnownPurpose[]> {
  return db.$queryRaw<KnownPurpose[]>`
    SELECT key, name, kind FROM purpose WHERE organization_id = ${organizationId}::uuid
    ORDER BY string_to_array(key, '.') COLLATE "C"`;
}
