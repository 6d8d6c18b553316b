import type { EndpointId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** Those that change an endpoint by what it was follow one another. */
export const lockEndpoint = (
  { db, organizationId }: TransactionContext,
  id: EndpointId,
): Promise<unknown> =>
  db.$queryRaw`SELECT FROM endpoint
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
