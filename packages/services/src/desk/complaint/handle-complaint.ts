import {
  AddComplaintTask,
  AnswerComplaint,
  AssignComplaint,
  FinishComplaintTask,
  MoveDeadline,
  NoteComplaint,
  endOfDay,
  hasGap,
} from "@ringfence/core/desk/complaint";
import { ComplaintId, ComplaintTaskId, type ContactId, type PhoneId } from "@ringfence/core/ids";
import { listMembersWhoMay } from "../../account/member/internal.ts";
import { mendText } from "@ringfence/core/platform/text";
import {
  ServiceError,
  type TransactionContext,
  command,
  createId,
  enqueue,
  toStoredActor,
} from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { lockOpenComplaint, recordEvent } from "./complaint-event.ts";
import { sendAnswerJob } from "./send-answer.ts";

/*
 * Each step is an event, which stays. What people write (`text`, a task's title) is stored apart from it, so that it
 * can be erased.
 */

/** Gives an open complaint to a member who may handle it, or back to all (`assigneeId` null). */
export const assignComplaint = command({
  name: "assignComplaint",
  action: "complaint.handle",
  input: AssignComplaint,
  run: async (ctx, { complaintId, assigneeId }) => {
    const { db, organizationId } = ctx;
    await lockOpenComplaint(ctx, complaintId);
    const isKnown =
      assigneeId === null || (await listAssignees(ctx)).some(({ id }) => id === assigneeId);
    if (!isKnown) {
      const fault = { key: "complaint.assignee-unknown" } as const;
      throw new ServiceError("invalid-field", fault, "/assigneeId");
    }
    await db.complaint.updateMany({
      where: { organizationId, id: complaintId },
      data: { assigneeId },
    });
    await recordEvent(ctx, complaintId, { kind: "assigned", details: { assigneeId } });
  },
  audit: (_, { complaintId }) => ({ complaintId, step: "assigned" }),
});

/** Lists the members to whom a complaint can be given. */
export const listAssignees = (ctx: TransactionContext) =>
  listMembersWhoMay(ctx, "complaint.handle");

/** Adds a note about what was found out or said. */
export const noteComplaint = command({
  name: "noteComplaint",
  action: "complaint.handle",
  input: NoteComplaint,
  run: async (ctx, { complaintId, text }) => {
    await lockOpenComplaint(ctx, complaintId);
    await recordEvent(ctx, complaintId, { kind: "noted", text });
  },
  audit: (_, { complaintId }) => ({ complaintId, step: "noted" }),
});

/**
 * Moves the deadline to the end of a day in the organization's zone. A later one needs a reason, which is kept until it
 * is erased with the person.
 */
export const moveDeadline = command({
  name: "moveDeadline",
  action: "complaint.handle",
  input: MoveDeadline,
  run: async (ctx, { complaintId, dueOn, reason }) => {
    const { db, organizationId } = ctx;
    const { dueAt: before } = await lockOpenComplaint(ctx, complaintId);
    const { zone } = await loadOrganization(ctx);
    const dueAt = endOfDay(zone, dueOn);
    if (dueAt > before && reason === "") {
      const fault = { key: "complaint.later-needs-reason" } as const;
      throw new ServiceError("invalid-field", fault, "/reason");
    }
    await db.complaint.updateMany({
      where: { organizationId, id: complaintId },
      data: { dueAt, dueRule: "officer" },
    });
    const details = { from: before.toISOString(), to: dueAt.toISOString() };
    await recordEvent(ctx, complaintId, { kind: "deadline-moved", details, text: reason });
  },
  audit: (_, { complaintId, dueOn }) => ({ complaintId, step: "deadline-moved", dueOn }),
});

/** Adds something to do for a complaint. Open tasks are shown to officers, and do not keep it from being decided. */
export const addComplaintTask = command({
  name: "addComplaintTask",
  action: "complaint.handle",
  input: AddComplaintTask,
  run: async (ctx, { complaintId, title }): Promise<ComplaintTaskId> => {
    const { db, organizationId, now: addedAt } = ctx;
    await lockOpenComplaint(ctx, complaintId);
    const id = await createId(ctx, ComplaintTaskId);
    await db.complaintTask.create({
      data: { organizationId, id, complaintId, title: mendText(title), addedAt },
    });
    await recordEvent(ctx, complaintId, { kind: "task-added", details: { taskId: id } });
    return id;
  },
  audit: (taskId, { complaintId }) => ({ complaintId, taskId, step: "task-added" }),
});

/** Marks a task as done. A task that is done already counts as unknown. */
export const finishComplaintTask = command({
  name: "finishComplaintTask",
  action: "complaint.handle",
  input: FinishComplaintTask,
  run: async (ctx, { taskId }) => {
    const { db, organizationId, actor, now: doneAt } = ctx;
    const task = await db.complaintTask.findFirst({ where: { organizationId, id: taskId } });
    if (task === null) throw taskUnknownError();
    const complaintId = ComplaintId.parse(task.complaintId);
    await lockOpenComplaint(ctx, complaintId);
    const { count } = await db.complaintTask.updateMany({
      where: { organizationId, id: taskId, doneAt: null },
      data: { doneAt, doneBy: toStoredActor(actor) },
    });
    if (count === 0) throw taskUnknownError();
    await recordEvent(ctx, complaintId, { kind: "task-done", details: { taskId } });
    return complaintId;
  },
  audit: (complaintId, { taskId }) => ({ complaintId, taskId, step: "task-done" }),
  answer: () => null,
});

const taskUnknownError = () => new ServiceError("not-found", { key: "complaint.task-unknown" });

/**
 * Records an answer. By e-mail, a worker then sends it to the mailbox of a contact who has this phone; in every other
 * channel, the member sends it. An answer with a gap from its template is refused. A complaint may have several
 * answers, and stays open.
 */
export const answerComplaint = command({
  name: "answerComplaint",
  action: "complaint.handle",
  input: AnswerComplaint,
  run: async (ctx, { complaintId, text, channel, contactId = null, locale }) => {
    const { phoneId } = await lockOpenComplaint(ctx, complaintId);
    if (hasGap(text)) {
      throw new ServiceError("invalid-field", { key: "complaint.answer-unfinished" }, "/text");
    }
    if (contactId !== null) await assertMailbox(ctx, phoneId, contactId);
    const details = { channel, contactId, locale };
    const eventId = await recordEvent(ctx, complaintId, { kind: "answered", details, text });
    if (contactId !== null) await enqueue(ctx, sendAnswerJob, { eventId }, { key: eventId });
  },
  audit: (_, { complaintId, channel }) => ({ complaintId, step: "answered", channel }),
});

/** Throws if the contact does not have this phone, or has no mailbox. */
async function assertMailbox(
  { db, organizationId }: TransactionContext,
  phoneId: PhoneId,
  contactId: ContactId,
) {
  const known = await db.contact.count({
    where: {
      organizationId,
      id: contactId,
      email: { not: null },
      phones: { some: { phoneId } },
    },
  });
  if (known > 0) return;
  throw new ServiceError("invalid-field", { key: "complaint.no-mailbox" }, "/contactId");
}
