import type { ChangeSeller } from "@ringfence/core/seller";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";

/** What a seller is called, what it deals in, and whether its calls need consent. Its key stays. */
export async function changeSeller(ctx: ServiceContext, { id, ...change }: ChangeSeller) {
  allow(ctx, "organization.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { count } = await db.seller.updateMany({ where: { organizationId, id }, data: change });
    if (count === 0) throw new ServiceError("not-found", { key: "seller.not-found" });

    const { name: _, ...words } = change;
    await appendAudit(ctx, "organization.change", {
      change: "seller changed",
      sellerId: id,
      ...words,
    });
  });
}
