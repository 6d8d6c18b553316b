import { ServiceError, appendAudit, command, createIds } from "../../platform/internal.ts";
import { SellerId } from "@ringfence/core/ids";
import { AddSeller, ChangeSeller } from "@ringfence/core/account/seller";

/** Adds a seller. It can be changed but never deleted, because consents and opt-outs name it. */
export const addSeller = command({
  name: "addSeller",
  action: "organization.change",
  input: AddSeller,
  run: async (ctx, seller): Promise<SellerId> => {
    const { db, organizationId } = ctx;
    const [fresh] = await createIds<SellerId>(ctx, 1);
    const id = SellerId.parse(fresh);
    const { count } = await db.seller.createMany({
      data: { organizationId, id, ...seller },
      skipDuplicates: true,
    });
    if (count === 0) {
      const values = { key: seller.key };
      throw new ServiceError("conflict", { key: "seller.key-taken", values }, "/key");
    }
    const { name: _, ...words } = seller;
    await appendAudit(ctx, "organization.change", {
      change: "seller added",
      sellerId: id,
      ...words,
    });
    return id;
  },
  audit: "by run",
});

/**
 * Changes a seller's name, its products, and whether its calls need consent. The key stays. Throws
 * `conflict` if somebody else has changed it since.
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
