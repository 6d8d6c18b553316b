import { sql } from "kysely";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  command,
  createId,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { type OrganizationId, SellerId } from "@ringfence/core/ids";
import {
  AddSeller,
  ChangeSeller,
  ConsentPolicy,
  Sector,
  SellerKey,
  findSeller,
} from "@ringfence/core/account/seller";

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

/** SQL expression: the organization's sellers as a JSON array of `KnownSeller`, ordered by key. */
export const selectSellersAsJson = (organizationId: OrganizationId) => sql`(
  SELECT coalesce(json_agg(json_build_object('id', id, 'key', key, 'name', name, 'sector', sector,
    'consentPolicy', consent_policy) ORDER BY key), '[]')
  FROM seller WHERE organization_id = ${organizationId}::uuid)`;

/**
 * Resolves sellers by key or id; without any, returns an empty list, which means all sellers. Throws for an unknown
 * one, so that a mistake never widens a limit.
 */
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

/** Adds a seller. It can be changed but never deleted, because consents and opt-outs name it. */
export const addSeller = command({
  name: "addSeller",
  action: "organization.change",
  input: AddSeller,
  run: async (ctx, seller): Promise<SellerId> => {
    const { db, organizationId } = ctx;
    const id = await createId(ctx, SellerId);
    const { count } = await db.seller.createMany({
      data: { organizationId, id, ...seller },
      skipDuplicates: true,
    });
    if (count === 0) {
      const values = { key: seller.key };
      throw new ServiceError("conflict", { key: "seller.key-taken", values }, "/key");
    }
    return id;
  },
  audit: (sellerId, { name: _name, ...words }) => ({ change: "seller added", sellerId, ...words }),
});

/**
 * Changes a seller's name, its sector, and whether its calls need consent. The key stays. If `before` is given, throws
 * `conflict` when these are no longer the same.
 */
export const changeSeller = command({
  name: "changeSeller",
  action: "organization.change",
  input: ChangeSeller,
  run: async (ctx, { id, before, ...change }) => {
    const { db, organizationId } = ctx;
    const found = await db.seller.count({ where: { organizationId, id } });
    if (found === 0) throw new ServiceError("not-found", { key: "seller.not-found" });
    const where = { organizationId, id, ...before };
    const { count } = await db.seller.updateMany({ where, data: change });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
  },
  audit: (_, { id: sellerId, before: _before, name: _name, ...words }) => ({
    change: "seller changed",
    sellerId,
    ...words,
  }),
});
