import { sql } from "kysely";
import { z } from "zod";
import { type TransactionContext, query, selectRows } from "../../platform/internal.ts";
import { PurposeKey, PurposeKind } from "@ringfence/core/account/purpose";

/** Lists the organization's purposes, each before those below it. */
export const listPurposes = query({
  name: "listPurposes",
  action: "organization.read",
  run: (ctx) => loadPurposes(ctx),
  audit: "none",
});

export const KnownPurpose = z.object({ key: PurposeKey, name: z.string(), kind: PurposeKind });
export type KnownPurpose = z.infer<typeof KnownPurpose>;

/** Loads the organization's purposes, each before those below it. */
export function loadPurposes({ db, organizationId }: TransactionContext): Promise<KnownPurpose[]> {
  return selectRows(
    { db },
    KnownPurpose,
    sql`
    SELECT key, name, kind FROM purpose WHERE organization_id = ${organizationId}::uuid
    ORDER BY string_to_array(key, '.') COLLATE "C"`,
  );
}
