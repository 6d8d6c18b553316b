import {
  type DisconnectRegistry,
  disconnectionEffect,
  needsSecondOfficer,
} from "@ringfence/core/do-not-call/registry";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireSelf } from "../../account/member/require-self.ts";
import { cutOffRegistry } from "./cut-off-registry.ts";
import { lockRegistry } from "./lock-registry.ts";

/**
 * Disconnects a registry, with a reason. If a rule in force requires it, it stays connected until a second
 * officer accepts. Its editions are kept, so that past screenings can be explained.
 */
export async function disconnectRegistry(
  ctx: ServiceContext,
  { registryId, reason }: DisconnectRegistry,
): Promise<{ isDisconnected: boolean }> {
  allow(ctx, "registry.change");

  return inTransaction(ctx, async (ctx) => {
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
  });
}
