import { ServiceError, command, startRun, toStoredActor } from "../../platform/internal.ts";
import { StoredMessage, fromStoredMessage } from "@ringfence/core/platform/message";
import { ReviewEdition, isAcceptable } from "@ringfence/core/do-not-call/registry";
import { assertConnected, lockRegistry } from "./registry.ts";

/**
 * Accepts or rejects a held edition. Held numbers are not stored, so accepting one starts another reading, which
 * applies the same content if the source still offers it.
 */
export const reviewEdition = command({
  name: "reviewEdition",
  action: "registry.change",
  input: ReviewEdition,
  run: async (ctx, { registryId, editionId, verdict, reason }) => {
    const { db, organizationId } = ctx;
    const registry = await lockRegistry(ctx, registryId);
    if (verdict === "accepted") assertConnected(registry);
    const held = { organizationId, registryId, id: editionId, status: "held" };
    const edition = await db.registryEdition.findFirst({ where: held });
    if (edition === null) throw new ServiceError("conflict", { key: "error.edition-not-held" });

    const fault = fromStoredMessage(StoredMessage.parse(edition.fault));
    if (verdict === "accepted" && !isAcceptable(fault)) throw new ServiceError("conflict", fault);

    const settledBy = toStoredActor(ctx.actor);
    await db.registryEdition.updateMany({
      where: held,
      data: { status: verdict, settledBy, settledAt: ctx.now, settledWhy: reason },
    });
    if (verdict === "rejected") return { runId: null };
    const { runId } = await startRun(ctx, "registry.sync", registryId);
    return { runId };
  },
  audit: (_, { registryId, editionId, verdict: change }) => ({ registryId, change, editionId }),
});
