import type { SourceId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** An account that the organization has connected; another's is as good as none. */
export async function requireSource(
  { db, organizationId }: TransactionContext,
  sourceId: SourceId,
) {
  const found = await db.inboundSource.findFirst({ where: { organizationId, id: sourceId } });
  if (found === null) throw new ServiceError("not-found", { key: "inbound.source-not-found" });
  return found;
}
