import type { EndpointId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** An endpoint of the organization; another's is as good as none. */
export async function requireEndpoint(
  { db, organizationId }: TransactionContext,
  endpointId: EndpointId,
) {
  const found = await db.endpoint.findFirst({ where: { organizationId, id: endpointId } });
  if (found === null) throw new ServiceError("not-found", { key: "endpoint.not-found" });
  return found;
}
