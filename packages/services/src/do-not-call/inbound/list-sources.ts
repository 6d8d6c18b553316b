import { SourceId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";

/** The accounts of providers through which people answer, the newest first; nothing of their secrets. */
export async function listSources(ctx: ServiceContext) {
  allow(ctx, "inbound.read");

  return inTransaction(ctx, async ({ db, organizationId }) => {
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
  });
}
