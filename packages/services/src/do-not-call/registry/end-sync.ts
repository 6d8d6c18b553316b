import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { RegistryId } from "@ringfence/core/ids";
import { endRun, type RunEnd } from "../../platform/run/end-run.ts";
import { updateClaimed } from "../../platform/run/update-claimed.ts";
import { acceptedEditions } from "./edition-rows.ts";
import { lockRegistry } from "./lock-registry.ts";
import type { readRegistry } from "./read-registry.ts";

export type EndSync = RunEnd & {
  registryId: RegistryId;
  /** As the registry was before its source was asked. */
  before: Pick<Awaited<ReturnType<typeof readRegistry>>, "revision" | "uploadId" | "accepted">;
};

/** Somebody who turns a registry back makes whoever else changes it wait. */
const TIMEOUT_MS = 10 * 60_000;

/**
 * Ends the reading of a registry. False: it has to be read again, because meanwhile it was changed, a file
 * put in or an edition accepted. Whoever did that was answered with this run, for it had not ended.
 */
export const endSync = command({
  name: "endSync",
  action: "registry.apply",
  input: z.custom<EndSync>(),
  transaction: { timeoutMs: TIMEOUT_MS },
  run: async (ctx, { registryId, before, ...end }): Promise<boolean> => {
    const { revision, uploadId } = await lockRegistry(ctx, registryId);
    const accepted = await acceptedEditions(ctx, registryId);
    const isCurrent =
      revision === before.revision &&
      uploadId === before.uploadId &&
      accepted.every((id) => before.accepted.includes(id));
    const { claim } = end;
    if (!isCurrent && (await updateClaimed(ctx, claim, { worker: claim.worker }))) return false;
    await endRun(ctx, end);
    return true;
  },
  audit: "by run",
});
