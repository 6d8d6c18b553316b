import type { MakeEndpoint } from "@ringfence/core/do-not-call/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { sealSecret } from "../../platform/keys/outside-secret.ts";

type Endpoint = MakeEndpoint & { kind: string; secret: string; everyMinutes?: number | null };

/** Puts an endpoint on record that hears of changes from now on; its secret is kept sealed. */
export async function addEndpoint(
  { db, keys, organizationId, now: createdAt }: TransactionContext,
  { secret, ...endpoint }: Endpoint,
): Promise<EndpointId> {
  const sealed = sealSecret(keys, organizationId, secret);
  const { count } = await db.endpoint.createMany({
    data: { ...endpoint, organizationId, secret: sealed, createdAt },
    skipDuplicates: true,
  });
  if (count === 0) throw new ServiceError("conflict", { key: "endpoint.name-taken" }, "/name");
  const where = { organizationId_name: { organizationId, name: endpoint.name } };
  const { id } = await db.endpoint.findUniqueOrThrow({ where, select: { id: true } });
  return EndpointId.parse(id);
}
