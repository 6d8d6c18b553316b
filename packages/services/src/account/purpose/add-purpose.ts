import { type AddPurpose, placeFault } from "@ringfence/core/account/purpose";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { purposesOf } from "./purposes-of.ts";

/** A node of the tree more, below one that is there or at the top. */
export async function addPurpose(ctx: ServiceContext, purpose: AddPurpose) {
  allow(ctx, "organization.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { name: _, ...words } = purpose;
    const fault = placeFault(await purposesOf(ctx), purpose);
    if (fault) throw new ServiceError("conflict", fault, "/key");

    const { count } = await db.purpose.createMany({
      data: { organizationId, ...purpose },
      skipDuplicates: true,
    });
    if (count === 0) {
      const values = { key: purpose.key };
      throw new ServiceError("conflict", { key: "purpose.taken", values }, "/key");
    }
    await appendAudit(ctx, "organization.change", { change: "purpose added", ...words });
  });
}
