import { type ExportList, exportedLists } from "@ringfence/core/platform/audit";
import { toStoredActor } from "../access/stored-actor.ts";
import { allow } from "../access/allow.ts";
import { type ServiceContext, inTransaction } from "../context.ts";
import { appendAudit } from "./append-audit.ts";

/**
 * Records who takes a list out as a file, and why, before any of it is read. A function, because the action
 * depends on the list.
 */
export async function recordExport(ctx: ServiceContext, { list, reason }: ExportList) {
  allow(ctx, exportedLists[list]);

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, actor, now } = ctx;
    const { id } = await db.listExport.create({
      data: { organizationId, list, reason, at: now, actor: toStoredActor(actor) },
    });
    await appendAudit(ctx, exportedLists[list], { list, exportId: id, exported: true });
  });
}
