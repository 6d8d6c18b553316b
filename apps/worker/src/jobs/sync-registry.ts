import { RegistryId } from "@ringfence/core/ids";
import {
  applyEdition,
  confirmEdition,
  openSource,
  readRegistry,
} from "@ringfence/services/registry";
import { ingest } from "../sources/ingest.ts";
import { openPublication } from "../sources/open-publication.ts";
import { defineRun, type RunTools } from "./define-run.ts";

/** Fetches what the publisher of a registry offers, and applies it. */
export const syncRegistry = defineRun("registry.sync", async (tools) => {
  for (;;) {
    const outcome = await sync(tools);
    // An officer changed meanwhile how it is to be read.
    if (outcome.outcome !== "outdated") return outcome;
  }
});

async function sync({ ctx, sources, subjectId, startedAt, signal, report }: RunTools) {
  signal.throwIfAborted();
  const registryId = RegistryId.parse(subjectId);
  const { format, revision, sha256, validators } = await readRegistry(ctx, registryId);
  const { source, secret } = await openSource(ctx, registryId);

  const known = sha256 === null ? null : validators;
  const { files, organizationId } = ctx;
  const asking = { settings: sources, files, organizationId, secret, known, signal };
  const publication = await openPublication(source, asking);
  const readAt = publication.cameAt ?? startedAt;
  try {
    if (publication.files === "unchanged") {
      const inForce = { sha256: sha256 ?? "", revision, readAt, validators };
      return await confirmEdition(ctx, { registryId, ...inForce });
    }
    const ingested = await ingest(publication.files, { format, signal, report });
    signal.throwIfAborted();
    const read = { revision, readAt, validators: publication.validators };
    const { lines, unreadable } = ingested.edition;
    return {
      lines,
      unreadable,
      ...(await applyEdition(ctx, { registryId, ...ingested, ...read })),
    };
  } finally {
    await publication.close();
  }
}
