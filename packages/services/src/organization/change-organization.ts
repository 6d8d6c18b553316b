import type { ChangeOrganization } from "@ringfence/core/organization";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";

/**
 * What the organization is called, how it reads numbers, by which clock, and what dials for it. Says
 * `conflict` where it is not what it was before.
 */
export async function changeOrganization(
  ctx: ServiceContext,
  { before, ...change }: ChangeOrganization,
) {
  allow(ctx, "organization.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const where = { id: organizationId, ...before };
    const { count } = await db.organization.updateMany({ where, data: change });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    const { name: _, ...words } = change;
    await appendAudit(ctx, "organization.change", { change: "organization", ...words });
  });
}
