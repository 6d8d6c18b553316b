import { type Role, Scope } from "@ringfence/core/platform/access";
import { ApiKeyId, SellerId } from "@ringfence/core/ids";
import { query } from "../../platform/internal.ts";
import { IDLE_DAYS, ListApiKeys, scopesInForce } from "@ringfence/core/account/api-key";
import { DAY_MS } from "@ringfence/core/platform/time";
import { findLastUses } from "./key-use.ts";

/** Lists the organization's keys, newest first, including revoked ones. `next` is null at the end. */
export const listApiKeys = query({
  name: "listApiKeys",
  action: "api-key.read",
  input: ListApiKeys,
  run: async (ctx, { after, limit }) => {
    const { db, organizationId, now } = ctx;
    const rows = await db.apiKey.findMany({
      include: {
        maker: makerSelection,
        publicKeys: { where: { removedAt: null }, orderBy: { createdAt: "asc" } },
        networks: { where: { isUnexpected: true }, orderBy: { firstAt: "asc" }, take: MAX_SHOWN },
      },
      where: { organizationId, ...(after !== undefined && { id: { lt: after } }) },
      orderBy: { id: "desc" }, // uuid v7: in the order in which they were made
      take: limit + 1,
    });
    const lastUses = await findLastUses(
      ctx,
      rows.map(({ id }) => id),
    );
    const items = rows
      .slice(0, limit)
      .map(
        ({
          id,
          name,
          scopes,
          sellerIds,
          maker,
          reason,
          createdAt,
          revokedAt,
          expiresAt,
          allowedAddresses,
          previousUntil,
          networks,
          signedSince,
          publicKeys,
        }) => ({
          id: ApiKeyId.parse(id),
          name,
          scopes: Scope.array().parse(scopes),
          /** The sellers to which the key is limited; empty for all. */
          sellerIds: SellerId.array().parse(sellerIds),
          /** Name of the member whose rights limit the key; null if no member made it. */
          maker: maker?.name ?? null,
          reason,
          /** Scopes that the key has lost because its maker may do less now. */
          cutScopes: findCutScopes({ scopes, sellerIds, maker }),
          createdAt,
          revokedAt,
          expiresAt,
          isExpired: expiresAt !== null && expiresAt <= now,
          /** Addresses and networks from which it may be used; empty for anywhere. */
          allowedAddresses,
          ...toUse(lastUses.get(ApiKeyId.parse(id)), createdAt, now),
          /** Networks that were new when the key had been used before, until a member confirms them. */
          newNetworks: networks.map(({ network }) => network),
          /** Until when the secret before the last rotation works; null if it no longer does. */
          previousUntil: previousUntil !== null && previousUntil > now ? previousUntil : null,
          /** Since when every request has to be signed; null if none has to. */
          signedSince,
          /** Public keys that verify signatures, by their thumbprints. */
          publicKeys: publicKeys.map(({ thumbprint, createdAt }) => ({ thumbprint, createdAt })),
        }),
      );
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  },
  audit: "none",
});

/** The most new networks that the list shows for a key. */
const MAX_SHOWN = 5;

type LastUse = { at: Date; network: string };

const toUse = (lastUse: LastUse | undefined, createdAt: Date, now: Date) => ({
  lastUse: lastUse ? { at: lastUse.at, network: lastUse.network } : null,
  isIdle: now.getTime() - (lastUse?.at ?? createdAt).getTime() > IDLE_DAYS * DAY_MS,
});

type KeyWithMaker = {
  scopes: readonly string[];
  sellerIds: readonly string[];
  maker: {
    role: Role;
    removedAt: Date | null;
    accessEndedAt: Date | null;
    sellerIds: readonly string[];
  } | null;
};

/** Fields of a key's maker that `findCutScopes` needs, as a Prisma selection. */
export const makerSelection = {
  select: { name: true, role: true, removedAt: true, accessEndedAt: true, sellerIds: true },
} as const;

/** Finds the scopes that a key was created with but has lost, because its maker may do less now. */
export function findCutScopes({ scopes: made, sellerIds, maker }: KeyWithMaker): Scope[] {
  const scopes = Scope.array().parse(made);
  // `hasAccessSql` and `coversSellersSql` in `find-api-key.ts` are the same in SQL.
  const hasAccess = maker?.removedAt === null && maker.accessEndedAt === null;
  const coversSellers = (makerSellers: readonly string[]) =>
    makerSellers.length === 0 ||
    (sellerIds.length > 0 && sellerIds.every((id) => makerSellers.includes(id)));
  const inForce = scopesInForce(
    scopes,
    maker && {
      role: hasAccess ? maker.role : null,
      coversSellers: coversSellers(maker.sellerIds),
    },
  );
  return scopes.filter((scope) => !inForce.includes(scope));
}
