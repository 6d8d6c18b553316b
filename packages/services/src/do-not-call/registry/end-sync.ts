import type { RegistryId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
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
export async function endSync(
  ctx: ServiceContext,
  { registryId, before, ...end }: EndSync,
): Promise<boolean> {
  allow(ctx, "registry.apply");

  return inTransaction(
    ctx,
    async (ctx) => {
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
    { timeoutMs: TIMEOUT_MS },
  );
}
