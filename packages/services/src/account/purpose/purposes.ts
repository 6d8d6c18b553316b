import { sql } from "kysely";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  command,
  query,
  selectRows,
} from "../../platform/internal.ts";
import type { OrganizationId } from "@ringfence/core/ids";
import {
  AddPurpose,
  PurposeKey,
  PurposeKind,
  RenamePurpose,
  findPlacementFault,
} from "@ringfence/core/account/purpose";

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

/** SQL expression: the organization's purposes as a JSON array of `KnownPurpose`, each before those below it. */
export const selectPurposesAsJson = (organizationId: OrganizationId) => sql`(
  SELECT coalesce(json_agg(json_build_object('key', key, 'name', name, 'kind', kind)
    ORDER BY string_to_array(key, '.') COLLATE "C"), '[]')
  FROM purpose WHERE organization_id = ${organizationId}::uuid)`;

/** Adds a purpose, at the top of the tree or below another. */
export const addPurpose = command({
  name: "addPurpose",
  action: "organization.change",
  input: AddPurpose,
  run: async (ctx, purpose) => {
    const { db, organizationId } = ctx;
    const fault = findPlacementFault(await loadPurposes(ctx), purpose);
    if (fault) throw new ServiceError("conflict", fault, "/key");

    const { count } = await db.purpose.createMany({
      data: { organizationId, ...purpose },
      skipDuplicates: true,
    });
    if (count === 0) {
      const values = { key: purpose.key };
      throw new ServiceError("conflict", { key: "purpose.taken", values }, "/key");
    }
  },
  audit: (_, { name: _name, ...words }) => ({ change: "purpose added", ...words }),
});

/** Renames a purpose. Its key stays, because consents and opt-outs name it. */
export const renamePurpose = command({
  name: "renamePurpose",
  action: "organization.change",
  input: RenamePurpose,
  run: async (ctx, { key, name }) => {
    const { db, organizationId } = ctx;
    const { count } = await db.purpose.updateMany({
      where: { organizationId, key },
      data: { name },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "purpose.not-found" });
  },
  audit: (_, { key }) => ({ change: "purpose renamed", key }),
});
