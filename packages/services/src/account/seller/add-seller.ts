import { command } from "../../platform/verb.ts";
import { SellerId } from "@ringfence/core/ids";
import { AddSeller } from "@ringfence/core/account/seller";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { freshIds } from "../../platform/fresh-ids.ts";

/** A seller more. It can be changed, and never deleted: consents and refusals name it. */
export const addSeller = command({
  name: "addSeller",
  action: "organization.change",
  input: AddSeller,
  run: async (ctx, seller): Promise<SellerId> => {
    const { db, organizationId } = ctx;
    const [fresh] = await freshIds<SellerId>(ctx, 1);
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
