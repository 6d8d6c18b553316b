import type { MapDisposition } from "@ringfence/core/do-not-call/inbound";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";

/** Says what a code of a dialer means from now on. */
export async function mapDisposition(
  ctx: ServiceContext,
  { system, code, reading }: MapDisposition,
) {
  allow(ctx, "inbound.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await db.disposition.createMany({
      data: { organizationId, system, code, reading },
      skipDuplicates: true,
    });
    await db.disposition.updateMany({
      where: { organizationId, system, code },
      data: { reading },
    });
    await appendAudit(ctx, "inbound.change", { system, code, reading });
  });
}
