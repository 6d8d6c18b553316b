import {
  type NamedActor,
  ServiceError,
  command,
  loadActorNames,
  query,
  toStoredActor,
} from "../../platform/internal.ts";
import { ListComplaints, SettleComplaint } from "@ringfence/core/desk/complaint";
import { ComplaintId, PhoneId } from "@ringfence/core/ids";

const PAGE_SIZE = 50;

export type ComplaintView = {
  id: ComplaintId;
  phoneId: PhoneId;
  /** Null if it was erased. */
  phone: string | null;
  text: string;
  receivedAt: Date;
  /** Member who took it down; null if the person wrote it. */
  recordedBy: NamedActor | null;
  call: { at: Date; seller: string } | null;
  settledAt: Date | null;
  settledBy: NamedActor | null;
};

/** Lists complaints: open ones, oldest first, or settled ones, latest first. */
export const listComplaints = query({
  name: "listComplaints",
  action: "complaint.read",
  input: ListComplaints,
  run: async (
    ctx,
    { isSettled, after },
  ): Promise<{ items: ComplaintView[]; next: ComplaintId | null }> => {
    const { db, organizationId } = ctx;
    const rows = await db.complaint.findMany({
      where: {
        organizationId,
        settledAt: isSettled ? { not: null } : null,
        ...(after !== undefined && { id: isSettled ? { lt: after } : { gt: after } }),
      },
      orderBy: { id: isSettled ? "desc" : "asc" },
      take: PAGE_SIZE + 1,
      include: { phone: true, call: { include: { seller: true } } },
    });
    const shown = rows.slice(0, PAGE_SIZE);
    const nameActor = await loadActorNames(
      ctx,
      shown.flatMap(({ settledBy, recordedBy }) => [settledBy, recordedBy]),
    );
    const items = shown.map(({ id, phoneId, phone, call, settledBy, recordedBy, ...row }) => ({
      id: ComplaintId.parse(id),
      phoneId: PhoneId.parse(phoneId),
      phone: phone.e164,
      text: row.text,
      receivedAt: row.receivedAt,
      call: call && { at: call.at, seller: call.seller.name },
      settledAt: row.settledAt,
      settledBy: nameActor(settledBy),
      recordedBy: nameActor(recordedBy),
    }));
    return { items, next: rows.length > PAGE_SIZE ? (items.at(-1)?.id ?? null) : null };
  },
  audit: ({ items }) => (items.length > 0 ? { complaints: items.length } : null),
});

/** Settles a complaint. Of two concurrent calls, one succeeds. */
export const settleComplaint = command({
  name: "settleComplaint",
  action: "complaint.settle",
  input: SettleComplaint,
  run: async (ctx, { id }) => {
    const { db, organizationId, now, actor } = ctx;
    const { count } = await db.complaint.updateMany({
      where: { organizationId, id, settledAt: null },
      data: { settledAt: now, settledBy: toStoredActor(actor) },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "complaint.not-found" });
  },
  audit: (_, { id }) => ({ complaintId: id }),
});
