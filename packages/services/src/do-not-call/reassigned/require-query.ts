import type { ReassignedQueryId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

export async function requireQuery(
  { db, organizationId }: TransactionContext,
  id: ReassignedQueryId,
) {
  const query = await db.reassignedQuery.findFirst({ where: { organizationId, id } });
  if (query === null) {
    throw new ServiceError("not-found", { key: "error.reassigned-query-not-found" });
  }
  return query;
}
