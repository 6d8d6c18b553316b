import { sql } from "kysely";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  requirePersonPhone,
  toStoredActor,
  selectRow,
} from "../../platform/internal.ts";
import { FileComplaint, MakeComplaint } from "@ringfence/core/desk/complaint";
import { ComplaintId, type PhoneId } from "@ringfence/core/ids";
import { readPhone } from "@ringfence/core/people/phone";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findOrAddPhone, lockPhones } from "../../people/phone/internal.ts";
import { mendText } from "@ringfence/core/platform/text";

/** Records a complaint that a person makes on the phone. It joins those that people write themselves. */
export const fileComplaint = command({
  name: "fileComplaint",
  action: "complaint.file",
  input: FileComplaint,
  run: async (ctx, { phone: written, text }): Promise<{ id: ComplaintId; phoneId: PhoneId }> => {
    const { db, organizationId, actor, now } = ctx;
    const { homeRegion } = await loadOrganization(ctx);
    const read = readPhone(written, homeRegion);
    if ("fault" in read) throw new ServiceError("invalid", read.fault, "/phone");
    const phoneId = await findOrAddPhone(ctx, read.phone);
    await assertRoom(ctx, phoneId, "member");
    const row = await db.complaint.create({
      data: { organizationId, phoneId, text, receivedAt: now, recordedBy: toStoredActor(actor) },
    });
    return { id: ComplaintId.parse(row.id), phoneId };
  },
  audit: ({ id, phoneId }) => ({ phoneId, complaintId: id }),
});

/** Records a person's own complaint. It waits for a member to settle it. */
export const makeComplaint = command({
  name: "makeComplaint",
  action: "complaint.make",
  input: MakeComplaint,
  run: async (ctx, { callId, text }): Promise<{ id: ComplaintId }> => {
    const { db, organizationId, now } = ctx;
    const phoneId = requirePersonPhone(ctx);
    await assertRoom(ctx, phoneId, "person");
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
  // The phone is the actor's, not part of the input.
  audit: "by run",
});

/** Maximum of open complaints per phone, so that a flood about one does not hide those of others. */
const MAX_WAITING = 10;

/**
 * Throws if too many complaints of the same phone are open. Complaints that members take down and those
 * that people write are counted apart. Locks the phone, so that two concurrent calls cannot both take the
 * last place.
 */
async function assertRoom(
  ctx: TransactionContext,
  phoneId: PhoneId,
  by: "person" | "member",
): Promise<void> {
  const { db, organizationId } = ctx;
  await lockPhones(ctx, [phoneId]);
  const { waiting } = await selectRow(
    { db },
    z.object({ waiting: z.number() }),
    sql`
    SELECT count(*)::int AS waiting FROM complaint
    WHERE organization_id = ${organizationId}::uuid AND phone_id = ${phoneId}::uuid
      AND settled_at IS NULL AND (recorded_by IS NULL) = ${by === "person"}`,
  );
  if (waiting < MAX_WAITING) return;
  const key = by === "person" ? "complaint.too-many" : "complaint.too-many-filed";
  throw new ServiceError("conflict", { key });
}
