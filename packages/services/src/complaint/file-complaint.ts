import type { FileComplaint } from "@ringfence/core/complaint";
import { ComplaintId } from "@ringfence/core/ids";
import { readPhone } from "@ringfence/core/phone";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { organizationOf } from "../organization/organization-of.ts";
import { internPhone } from "../phone/intern-phones.ts";
import { requireRoom } from "./require-room.ts";

/**
 * Records a complaint that a person makes on the phone. It joins the complaints that people write themselves.
 */
export async function fileComplaint(
  ctx: ServiceContext,
  { phone: written, text }: FileComplaint,
): Promise<{ id: ComplaintId }> {
  allow(ctx, "complaint.file");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, actor, now } = ctx;
    const { homeRegion } = await organizationOf(ctx);
    const read = readPhone(written, homeRegion);
    if ("fault" in read) throw new ServiceError("invalid", read.fault, "/phone");
    const phoneId = await internPhone(ctx, read.phone);
    await requireRoom(ctx, phoneId, "member");
    const row = await db.complaint.create({
      data: { organizationId, phoneId, text, receivedAt: now, recordedBy: actorOnRecord(actor) },
    });
    const id = ComplaintId.parse(row.id);
    await appendAudit(ctx, "complaint.file", { phoneId, complaintId: id });
    return { id };
  });
}
