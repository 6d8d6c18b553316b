import { command } from "../../platform/verb.ts";
import {
  DisconnectRegistry,
  disconnectionEffect,
  needsSecondOfficer,
} from "@ringfence/core/do-not-call/registry";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireSelf } from "../../account/member/require-self.ts";
import { cutOffRegistry } from "./cut-off-registry.ts";
import { lockRegistry } from "./lock-registry.ts";

/**
 * Disconnects a registry, with a reason. If a rule in force requires it, it stays connected until a second
 * officer accepts. Its editions are kept, so that past screenings can be explained.
 */
export const disconnectRegistry = command({
  name: "disconnectRegistry",
  action: "registry.change",
  input: DisconnectRegistry,
  run: async (ctx, { registryId, reason }): Promise<{ isDisconnected: boolean }> => {
    const { db, organizationId, now } = ctx;
    const { code, disconnectedAt } = await lockRegistry(ctx, registryId);
    if (disconnectedAt !== null)
      throw new ServiceError("conflict", { key: "registry.disconnected-already" });
    const where = { organizationId, registryId, status: "proposed" };
    if ((await db.registryDisconnection.count({ where })) > 0)
      throw new ServiceError("conflict", { key: "registry.disconnection-proposed" });

    const effect = disconnectionEffect(code, now.toISOString().slice(0, 10));
    const isDisconnected = !needsSecondOfficer(effect);
    const proposedBy = requireSelf(ctx);
    const { id: disconnectionId } = await db.registryDisconnection.create({
      data: {
        organizationId,
        registryId,
        status: isDisconnected ? "disconnected" : "proposed",
        reason,
        proposedBy,
        proposedAt: now,
        ...(isDisconnected && { settledBy: proposedBy, settledAt: now, settledWhy: reason }),
      },
    });
    if (isDisconnected) await cutOffRegistry(ctx, registryId);
    const change = isDisconnected ? "disconnected" : "disconnection-proposed";
    await appendAudit(ctx, "registry.change", { registryId, change, disconnectionId });
    return { isDisconnected };
  },
  audit: "by run",
});
