import type { CreateWebhook } from "@ringfence/core/do-not-call/endpoint";
import { EndpointId } from "@ringfence/core/ids";
import { ServiceError, type TransactionContext, sealSecret } from "../../platform/internal.ts";
import { isNamedHost } from "@ringfence/core/platform/settings";
import { loadPrivateHosts } from "../../account/organization/internal.ts";

type NewEndpoint = CreateWebhook & { kind: string; secret: string; everyMinutes?: number | null };

/** Inserts an endpoint, which from now on receives changes. Its secret is stored encrypted. Throws if the name is taken. */
export async function insertEndpoint(
  { db, keys, organizationId, now: createdAt }: TransactionContext,
  { secret, ...endpoint }: NewEndpoint,
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

/** Loads an endpoint. Throws `not-found` if the organization has no such endpoint. */
export async function loadEndpoint(
  { db, organizationId }: TransactionContext,
  endpointId: EndpointId,
) {
  const found = await db.endpoint.findFirst({ where: { organizationId, id: endpointId } });
  if (found === null) throw new ServiceError("not-found", { key: "endpoint.not-found" });
  return found;
}

/** Locks an endpoint, so that concurrent changes that depend on its previous state follow one another. */
export const lockEndpoint = (
  { db, organizationId }: TransactionContext,
  id: EndpointId,
): Promise<unknown> =>
  db.$queryRaw`SELECT FROM endpoint
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;

type GivenAddress = {
  url: string | null;
  /** The address until now. If it stays, it is not checked again. */
  before?: string | null;
  /** Field in which it was given. */
  path: string;
};

/**
 * Refuses an address that would receive people's numbers over plain http, unless the operator named its
 * host for the organization. Deliveries check it again, because the operator may change that.
 */
export async function assertEncrypted(
  { db, organizationId, privateHosts }: TransactionContext,
  { url, before = null, path }: GivenAddress,
): Promise<void> {
  if (url === null || url === before) return;
  const address = new URL(url);
  if (address.protocol === "https:") return;
  const hosts = await loadPrivateHosts({ prisma: db, organizationId, privateHosts });
  if (isNamedHost(hosts, address)) return;
  throw new ServiceError("invalid", { key: "endpoint.needs-https" }, path);
}
