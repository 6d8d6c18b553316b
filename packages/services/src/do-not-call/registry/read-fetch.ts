import { command } from "../../platform/verb.ts";
import { RegistryId } from "@ringfence/core/ids";
import { RegistryFetch } from "@ringfence/core/do-not-call/registry";
import type { TransactionContext } from "../../platform/context.ts";
import { lockRegistry } from "./lock-registry.ts";

/** What was fetched last of a registry, and all else by which is decided what to fetch next. */
export const readFetch = command({
  name: "readFetch",
  action: "registry.apply",
  input: RegistryId,
  run: async (ctx, registryId) => {
    const { db, organizationId, now } = ctx;
    const { needsFullList, areas, revision } = await lockRegistry(ctx, registryId);
    const last = await lastFetch(ctx, registryId);
    const accepted = { organizationId, registryId, revision, status: "accepted" };
    // An edition is read as of when it was fetched: one that was accepted before says nothing of this.
    const isAccepted =
      last !== null &&
      (await db.registryEdition.count({ where: { ...accepted, readAt: last.cameAt } })) > 0;
    return { last, needsFullList, answered: Object.keys(areas).map(Number), isAccepted, now };
  },
  audit: "by run",
});

export async function lastFetch(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
): Promise<RegistryFetch | null> {
  const where = { organizationId, registryId };
  const row = await db.registryFetch.findFirst({ where, orderBy: { id: "desc" } });
  return RegistryFetch.nullable().parse(row);
}
