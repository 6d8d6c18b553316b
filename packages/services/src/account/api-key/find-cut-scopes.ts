import { type Role, Scope } from "@ringfence/core/platform/access";
import { scopesInForce } from "@ringfence/core/account/api-key";

type KeyWithMaker = {
  scopes: readonly string[];
  sellerIds: readonly string[];
  maker: { role: Role; removedAt: Date | null; sellerIds: readonly string[] } | null;
};

/** Fields of a key's maker that `findCutScopes` needs, as a Prisma selection. */
export const makerSelection = {
  select: { name: true, role: true, removedAt: true, sellerIds: true },
} as const;

/** Finds the scopes that a key was created with but has lost, because its maker may do less now. */
export function findCutScopes({ scopes: made, sellerIds, maker }: KeyWithMaker): Scope[] {
  const scopes = Scope.array().parse(made);
  const coversSellers = (of: readonly string[]) =>
    of.length === 0 || (sellerIds.length > 0 && sellerIds.every((id) => of.includes(id)));
  const inForce = scopesInForce(
    scopes,
    maker && {
      role: maker.removedAt === null ? maker.role : null,
      coversSellers: coversSellers(maker.sellerIds),
    },
  );
  return scopes.filter((scope) => !inForce.includes(scope));
}
