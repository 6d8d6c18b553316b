import { command } from "../../platform/verb.ts";
import { SettleDisconnection } from "@ringfence/core/do-not-call/registry";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { assertIndependentReviewer } from "../../account/member/assert-independent-reviewer.ts";
import { requireSelf } from "../../account/member/require-self.ts";
import { cutOffRegistry } from "./cut-off-registry.ts";
import { lockRegistry } from "./lock-registry.ts";

/**
 * Answers a proposal to disconnect a registry. If an officer who is independent of the proposer accepts, the
 * registry is disconnected from now on. Any officer may reject, and then it stays connected.
 */
export const settleDisconnection = command({
  name: "settleDisconnection",
  action: "registry.change",
  input: SettleDisconnection,
  run: async (ctx, { registryId, disconnectionId, verdict, reason }): Promise<void> => {
    const { db, organizationId, now: settledAt } = ctx;
    await lockRegistry(ctx, registryId);
    const proposed = { organizationId, registryId, id: disconnectionId, status: "proposed" };
    const proposal = await db.registryDisconnection.findFirst({ where: proposed });
    if (proposal === null)
      throw new ServiceError("conflict", { key: "registry.disconnection-settled" });
    const settledBy = requireSelf(ctx);
    if (verdict === "accepted") await assertIndependentReviewer(ctx, [{ id: proposal.proposedBy }]);

    const status = verdict === "accepted" ? "disconnected" : "rejected";
    await db.registryDisconnection.updateMany({
      where: proposed,
      data: { status, settledBy, settledAt, settledWhy: reason },
    });
    if (verdict === "accepted") await cutOffRegistry(ctx, registryId);
    const change = verdict === "accepted" ? "disconnected" : "disconnection-rejected";
    await appendAudit(ctx, "registry.change", { registryId, change, disconnectionId });
  },
  audit: "by run",
});
