import type { RegistryId } from "@ringfence/core/ids";
import { needsSecret, RegistrySource } from "@ringfence/core/do-not-call/registry";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { registryNotFound } from "./registry-not-found.ts";
import { secretOf } from "./source-secret.ts";

/** Where a registry is read from, with what opens it. For the worker alone: nobody is shown a secret. */
export async function openSource(ctx: ServiceContext, registryId: RegistryId) {
  allow(ctx, "registry.apply");

  return inTransaction(ctx, async ({ db, keys, organizationId }) => {
    const registry = await db.registry.findFirst({ where: { organizationId, id: registryId } });
    if (registry === null) throw registryNotFound();
    const source = RegistrySource.parse(registry.source);
    const { code, secret: sealed } = registry;
    const secret = sealed && keys.sealing.open(secretOf(organizationId, code), sealed);
    if (secret === null && (sealed !== null || needsSecret(source))) {
      throw new ServiceError("conflict", { key: "source.secret-missing" });
    }
    return { source, secret };
  });
}
