import { command } from "../../platform/verb.ts";
import { ChangeSeller } from "@ringfence/core/account/seller";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";

/**
 * What a seller is called, what it deals in, and whether its calls need consent. Its key stays. Says
 * `conflict` where it is not what it was before.
 */
export const changeSeller = command({
  name: "changeSeller",
  action: "organization.change",
  input: ChangeSeller,
  run: async (ctx, { id, before, ...change }) => {
    const { db, organizationId } = ctx;
    const there = await db.seller.count({ where: { organizationId, id } });
    if (there === 0) throw new ServiceError("not-found", { key: "seller.not-found" });
    const where = { organizationId, id, ...before };
    const { count } = await db.seller.updateMany({ where, data: change });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });

    const { name: _, ...words } = change;
    await appendAudit(ctx, "organization.change", {
      change: "seller changed",
      sellerId: id,
      ...words,
    });
  },
  audit: "by run",
});
