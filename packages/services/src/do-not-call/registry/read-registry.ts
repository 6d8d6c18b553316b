import type { RegistryId } from "@ringfence/core/ids";
import {
  RegistryFormat,
  RegistrySource,
  uploadOf,
  Validators,
} from "@ringfence/core/do-not-call/registry";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { acceptedEditions } from "./edition-rows.ts";
import { registryNotFound } from "./registry-not-found.ts";

/** How to read a registry, and what of it is in force. */
export async function readRegistry(ctx: ServiceContext, registryId: RegistryId) {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const registry = await db.registry.findFirst({ where: { organizationId, id: registryId } });
    if (registry === null) throw registryNotFound();
    const inForce = await db.registryEdition.findFirst({
      where: { organizationId, registryId, number: registry.edition },
      select: { sha256: true, revision: true },
    });
    return {
      format: RegistryFormat.parse(registry.format),
      revision: registry.revision,
      uploadId: uploadOf(RegistrySource.parse(registry.source)),
      /** What was accepted and has not come into force. */
      accepted: await acceptedEditions(ctx, registryId),
      sha256: inForce?.revision === registry.revision ? inForce.sha256 : null,
      validators: Validators.nullable().parse(registry.validators),
    };
  });
}
