import type { RegistryEditions } from "@ringfence/core/do-not-call/registry";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { viewEditions } from "./edition-view.ts";

/** The editions of a registry, the latest first, page after page: applied, held and rejected. */
export async function registryEditions(
  ctx: ServiceContext,
  { registryId, after, limit }: RegistryEditions,
) {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const rows = await db.registryEdition.findMany({
      where: { organizationId, registryId, ...(after && { id: { lt: after } }) },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const editions = await viewEditions(ctx, rows.slice(0, limit));
    return { editions, next: rows.length > limit ? (editions.at(-1)?.id ?? null) : null };
  });
}
