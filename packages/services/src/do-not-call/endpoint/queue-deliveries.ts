import type { EndpointId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** Has a worker look at what is due for an endpoint, `delaySeconds` from now. */
export async function queueDeliveries(
  { db, organizationId }: TransactionContext,
  endpointId: EndpointId,
  delaySeconds = 0,
) {
  await db.$executeRaw`
    SELECT graphile_worker.add_job('webhook.deliver',
      json_build_object('organizationId', ${organizationId}::uuid, 'endpointId', ${endpointId}::uuid),
      run_at := now() + make_interval(secs => ${delaySeconds}))`;
}
