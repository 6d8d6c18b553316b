import { findCutScopes, makerSelection } from "../../account/api-key/find-cut-scopes.ts";
import type { TransactionContext } from "../../platform/context.ts";
import type { Need } from "./need.ts";

/**
 * Finds API keys that lost scopes because their makers may do less now. They need somebody to take them over.
 */
export async function findCutKeys({ db, organizationId }: TransactionContext): Promise<Need[]> {
  const keys = await db.apiKey.findMany({
    where: { organizationId, revokedAt: null, NOT: { makerId: null } },
    include: { maker: makerSelection },
    orderBy: { id: "asc" },
  });
  const names = keys.filter((key) => findCutScopes(key).length > 0).map(({ name }) => name);
  return names.length === 0 ? [] : [{ kind: "keys-cut", when: "now", names }];
}
