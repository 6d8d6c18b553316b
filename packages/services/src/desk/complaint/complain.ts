import { command } from "../../platform/verb.ts";
import { Complain } from "@ringfence/core/desk/complaint";
import { ComplaintId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import { actingPerson } from "../../platform/access/acting-person.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { requireRoom } from "./require-room.ts";

/** Puts on record what a person complains of; it waits for somebody who answers for it. */
export const complain = command({
  name: "complain",
  action: "complaint.make",
  input: Complain,
  run: async (ctx, { callId, text }): Promise<{ id: ComplaintId }> => {
    const { db, organizationId, now } = ctx;
    const phoneId = actingPerson(ctx);
    await requireRoom(ctx, phoneId, "person");
    if (callId !== undefined) {
      const call = await db.call.findFirst({ where: { organizationId, id: callId, phoneId } });
      if (call === null) throw new ServiceError("not-found", { key: "complaint.call-not-found" });
    }
    const data = { organizationId, phoneId, callId: callId ?? null, receivedAt: now };
    const row = await db.complaint.create({ data: { ...data, text: mendText(text) } });
    const id = ComplaintId.parse(row.id);
    await appendAudit(ctx, "complaint.make", { phoneId, complaintId: id });
    return { id };
  },
  audit: "by run",
});
