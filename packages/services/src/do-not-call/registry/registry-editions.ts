import { query } from "../../platform/verb.ts";
import { RegistryEditions } from "@ringfence/core/do-not-call/registry";
import { viewEditions } from "./edition-view.ts";

/** The editions of a registry, the latest first, page after page: applied, held and rejected. */
export const registryEditions = query({
  name: "registryEditions",
  action: "registry.read",
  input: RegistryEditions,
  run: async (ctx, { registryId, after, limit }) => {
    const { db, organizationId } = ctx;
    const rows = await db.registryEdition.findMany({
      where: { organizationId, registryId, ...(after && { id: { lt: after } }) },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const editions = await viewEditions(ctx, rows.slice(0, limit));
    return { editions, next: rows.length > limit ? (editions.at(-1)?.id ?? null) : null };
  },
  audit: "by run",
});
