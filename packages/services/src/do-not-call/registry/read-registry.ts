import { query } from "../../platform/verb.ts";
import { RegistryId } from "@ringfence/core/ids";
import {
  RegistryFormat,
  RegistrySource,
  uploadOf,
  Validators,
} from "@ringfence/core/do-not-call/registry";
import { acceptedEditions } from "./edition-rows.ts";
import { registryNotFound } from "./registry-not-found.ts";

/** How to read a registry, and what of it is in force. */
export const readRegistry = query({
  name: "readRegistry",
  action: "registry.read",
  input: RegistryId,
  run: async (ctx, registryId) => {
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
  },
  audit: "by run",
});
