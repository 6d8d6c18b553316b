import type { RenamePurpose } from "@ringfence/core/account/purpose";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** What a purpose is called on pages and to people. Its key stays: consents and refusals name it. */
export async function renamePurpose(ctx: ServiceContext, { key, name }: RenamePurpose) {
  allow(ctx, "organization.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { count } = await db.purpose.updateMany({
      where: { organizationId, key },
      data: { name },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "purpose.not-found" });
    await appendAudit(ctx, "organization.change", { change: "purpose renamed", key });
  });
}
