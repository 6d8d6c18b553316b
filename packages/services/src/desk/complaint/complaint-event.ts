import { ComplaintEventId, type ComplaintId, PhoneId } from "@ringfence/core/ids";
import type { ComplaintEventKind } from "@ringfence/core/desk/complaint";
import { mendText } from "@ringfence/core/platform/text";
import {
  ServiceError,
  type TransactionContext,
  createId,
  toStoredActor,
} from "../../platform/internal.ts";

/** The same error for a complaint of another organization, so that nobody learns that it exists. */
export const complaintNotFoundError = () =>
  new ServiceError("not-found", { key: "complaint.unknown" });

/**
 * Locks a complaint until the transaction ends, so that two officers cannot both take the same step. Throws `not-found`
 * if the organization has no such complaint.
 */
export async function lockComplaint(
  { db, organizationId }: TransactionContext,
  complaintId: ComplaintId,
) {
  const row = await db.$kysely
    .selectFrom("complaint")
    .select(["phoneId", "receivedAt", "dueAt", "decidedAt", "appealedAt"])
    .where("organizationId", "=", organizationId)
    .where("id", "=", complaintId)
    .forUpdate()
    .executeTakeFirstOrThrow(complaintNotFoundError);
  return { ...row, phoneId: PhoneId.parse(row.phoneId) };
}

/**
 * Locks a complaint as `lockComplaint` does, and throws `conflict` if it is decided. A decided complaint cannot be
 * changed until an appeal opens it again.
 */
export async function lockOpenComplaint(ctx: TransactionContext, complaintId: ComplaintId) {
  const complaint = await lockComplaint(ctx, complaintId);
  if (complaint.decidedAt !== null) {
    throw new ServiceError("conflict", { key: "complaint.decided" });
  }
  return complaint;
}

type NewEvent = {
  kind: ComplaintEventKind;
  /** Ids, counts and our own words. What people write is `text`, which can be erased. */
  details?: Readonly<Record<string, string | number | boolean | null>>;
  text?: string;
};

/**
 * Records a step in the history of a complaint. Steps are never changed; `text` is a row of its own, so that it can be
 * erased. Does not lock: verbs that act on the complaint lock it first.
 */
export async function recordEvent(
  ctx: TransactionContext,
  complaintId: ComplaintId,
  { kind, details = {}, text = "" }: NewEvent,
): Promise<ComplaintEventId> {
  const { db, organizationId, actor, now: at } = ctx;
  const id = await createId(ctx, ComplaintEventId);
  await db.complaintEvent.create({
    data: { organizationId, id, complaintId, kind, details, at, actor: toStoredActor(actor) },
  });
  if (text !== "") {
    await db.complaintNote.create({ data: { organizationId, eventId: id, text: mendText(text) } });
  }
  return id;
}
