import type { DisclosureId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Restores a disclosure from the archive, with all its versions and its draft. */
export async function restoreDisclosure(ctx: ServiceContext, id: DisclosureId): Promise<void> {
  allow(ctx, "disclosure.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { count } = await db.disclosureArchive.deleteMany({ where: { organizationId, id } });
    if (count === 0) throw new ServiceError("not-found", { key: "disclosure.not-archived" });
    await appendAudit(ctx, "disclosure.change", { disclosureId: id, archived: false });
  });
}
