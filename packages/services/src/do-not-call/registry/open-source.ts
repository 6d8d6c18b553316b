import { command } from "../../platform/verb.ts";
import { RegistryId } from "@ringfence/core/ids";
import { needsSecret, RegistrySource } from "@ringfence/core/do-not-call/registry";
import { ServiceError } from "../../platform/errors.ts";
import { registryNotFound } from "./registry-not-found.ts";
import { secretOf } from "./source-secret.ts";

/** Where a registry is read from, with what opens it. For the worker alone: nobody is shown a secret. */
export const openSource = command({
  name: "openSource",
  action: "registry.apply",
  input: RegistryId,
  run: async ({ db, keys, organizationId }, registryId) => {
    const registry = await db.registry.findFirst({ where: { organizationId, id: registryId } });
    if (registry === null) throw registryNotFound();
    const source = RegistrySource.parse(registry.source);
    const { code, secret: sealed } = registry;
    const secret = sealed && keys.sealing.open(secretOf(organizationId, code), sealed);
    if (secret === null && (sealed !== null || needsSecret(source))) {
      throw new ServiceError("conflict", { key: "source.secret-missing" });
    }
    return { source, secret };
  },
  audit: "by run",
});
