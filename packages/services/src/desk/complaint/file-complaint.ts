import { command } from "../../platform/verb.ts";
import { FileComplaint } from "@ringfence/core/desk/complaint";
import { ComplaintId } from "@ringfence/core/ids";
import { readPhone } from "@ringfence/core/people/phone";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { internPhone } from "../../people/phone/intern-phones.ts";
import { requireRoom } from "./require-room.ts";

/**
 * Records a complaint that a person makes on the phone. It joins the complaints that people write themselves.
 */
export const fileComplaint = command({
  name: "fileComplaint",
  action: "complaint.file",
  input: FileComplaint,
  run: async (ctx, { phone: written, text }): Promise<{ id: ComplaintId }> => {
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
  },
  audit: "by run",
});
