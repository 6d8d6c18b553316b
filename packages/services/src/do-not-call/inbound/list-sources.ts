import { query } from "../../platform/verb.ts";
import { SourceId } from "@ringfence/core/ids";

/** The accounts of providers through which people answer, the newest first; nothing of their secrets. */
export const listSources = query({
  name: "listSources",
  action: "inbound.read",
  run: async ({ db, organizationId }) => {
    const rows = await db.inboundSource.findMany({
      where: { organizationId },
      orderBy: { id: "desc" },
    });
    return rows.map(({ id, provider, account, origin, createdAt }) => ({
      id: SourceId.parse(id),
      provider,
      account,
      origin,
      createdAt,
    }));
  },
  audit: "by run",
});
