import { isNamedHost, privateHostsFor } from "@ringfence/core/platform/settings";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { isFirstOrganization } from "../../account/organization/organization-of.ts";

/** Hosts inside private networks that may be told over http, as in `RINGFENCE_PRIVATE_HOSTS`. */
export type NamedHosts = { privateHosts?: readonly string[] };

type Address = {
  url: string | null;
  /** The address until now, which is not asked about again. */
  before?: string | null;
  /** Field in which it was given. */
  path: string;
};

/**
 * Refuses an address that would be told people's numbers over plain http, unless the operator named its host
 * for the organization. Deliveries check the same: what the operator named may change.
 */
export async function assertEncrypted(
  { db, organizationId }: TransactionContext,
  { url, before = null, path }: Address,
  { privateHosts = [] }: NamedHosts,
): Promise<void> {
  if (url === null || url === before) return;
  const address = new URL(url);
  if (address.protocol === "https:") return;
  const isFirst = await isFirstOrganization({ prisma: db }, organizationId);
  if (isNamedHost(privateHostsFor(privateHosts, { organizationId, isFirst }), address)) return;
  throw new ServiceError("invalid", { key: "endpoint.needs-https" }, path);
}
