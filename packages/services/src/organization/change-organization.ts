import type { ChangeOrganization } from "@ringfence/core/organization";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";

/** What the organization is called, how it reads numbers, by which clock, and what dials for it. */
export async function changeOrganization(ctx: ServiceContext, change: ChangeOrganization) {
  allow(ctx, "organization.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await db.organization.update({ where: { id: organizationId }, data: change });
    const { name: _, ...words } = change;
    await appendAudit(ctx, "organization.change", { change: "organization", ...words });
  });
}
