import { type ExportList, exportedLists } from "@ringfence/core/platform/audit";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { appendAudit } from "./append-audit.ts";

/** Puts on record who takes a list away as a file, and what for, before any of it is read. */
export async function recordExport(ctx: ServiceContext, { list, reason }: ExportList) {
  allow(ctx, exportedLists[list]);

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, actor, now } = ctx;
    const { id } = await db.listExport.create({
      data: { organizationId, list, reason, at: now, actor: actorOnRecord(actor) },
    });
    await appendAudit(ctx, exportedLists[list], { list, exportId: id, exported: true });
  });
}
