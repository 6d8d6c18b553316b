import { z } from "zod";
import { AnswerComplaint } from "@ringfence/core/desk/complaint";
import { ComplaintEventId, ComplaintId } from "@ringfence/core/ids";
import { say } from "@ringfence/core/platform/message";
import {
  type MailContext,
  type TransactionContext,
  command,
  defineJob,
  inTransaction,
} from "../../platform/internal.ts";
import { recordEvent } from "./complaint-event.ts";

/** Mails an answer. `eventId` is the step `answered` of the history, which holds it. */
export const sendAnswerJob = defineJob("complaint.answer", { eventId: ComplaintEventId });

const MailedAnswer = z.object({
  channel: z.literal("email"),
  contactId: AnswerComplaint.shape.contactId.unwrap(),
  locale: AnswerComplaint.shape.locale,
});

/**
 * Mails an answer to the mailbox that is on record when it is sent, and records that it was. Run again, it sends
 * nothing, unless the worker died after sending and before recording: then the answer is sent again. After an erasure
 * there is no text or no mailbox, so nothing is sent.
 */
export const sendAnswer = command({
  name: "sendAnswer",
  action: "complaint.send-answer",
  input: ComplaintEventId,
  transaction: "by run",
  run: async (ctx: MailContext, eventId): Promise<void> => {
    const mail = await inTransaction(ctx, (ctx) => prepareAnswer(ctx, eventId));
    if (mail === null) return;
    const { complaintId, ...message } = mail;
    await ctx.messageSender.email(message);
    await inTransaction(ctx, (ctx) =>
      recordEvent(ctx, complaintId, { kind: "answer-sent", details: { eventId } }),
    );
  },
  // `answerComplaint` has audited the answer; that it was sent is a step of the history.
  audit: "none",
});

/** Reads what to send; null if it goes another way or was sent already, or the text or the mailbox was erased. */
async function prepareAnswer(ctx: TransactionContext, eventId: ComplaintEventId) {
  const { db, organizationId } = ctx;
  const answer = await db.complaintEvent.findFirst({
    where: { organizationId, id: eventId, kind: "answered" },
    include: { notes: true, complaint: { include: { organization: true } } },
  });
  if (answer === null) return null;
  const complaintId = ComplaintId.parse(answer.complaintId);
  const mailed = MailedAnswer.safeParse(answer.details).data;
  if (mailed === undefined) return null;
  const { contactId, locale } = mailed;
  const sent = await db.complaintEvent.count({
    where: {
      organizationId,
      complaintId,
      kind: "answer-sent",
      details: { path: ["eventId"], equals: eventId },
    },
  });
  const contact = await db.contact.findFirst({ where: { organizationId, id: contactId } });
  const text = answer.notes[0]?.text;
  if (sent > 0 || text === undefined || !contact?.email) return null;
  const { name: organization } = answer.complaint.organization;
  const subject = say(locale, { key: "complaint.mail-subject", values: { organization } });
  return { complaintId, to: contact.email, subject, text };
}
