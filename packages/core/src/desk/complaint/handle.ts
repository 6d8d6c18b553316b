import { z } from "zod";
import { ComplaintId, ComplaintTaskId, ContactId, MemberId } from "../../platform/ids.ts";
import { withMessage } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { ComplaintDecision } from "./complaint.ts";

/** A step in the history of a complaint. */
export const ComplaintEventKind = z.enum([
  "received",
  "opted-out",
  "linked",
  "unlinked",
  "assigned",
  "noted",
  "task-added",
  "task-done",
  "deadline-moved",
  "answered",
  "answer-sent",
  "decided",
  "appealed",
  "withdrawn",
]);
export type ComplaintEventKind = z.infer<typeof ComplaintEventKind>;

const words = storableText(10_000);
const requiredWords = words.min(1, withMessage("fault.missing"));

/** Gives a complaint to a member who may handle it, or back to all. */
export const AssignComplaint = z.strictObject({
  complaintId: ComplaintId,
  assigneeId: MemberId.nullable(),
});

export const NoteComplaint = z.strictObject({ complaintId: ComplaintId, text: requiredWords });

/** Moves the deadline. To a later day only with a reason. */
export const MoveDeadline = z.strictObject({
  complaintId: ComplaintId,
  dueOn: z.iso.date(),
  reason: storableText(2_000).default(""),
});

export const AddComplaintTask = z.strictObject({
  complaintId: ComplaintId,
  title: storableText(500).min(1, withMessage("fault.missing")),
});

export const FinishComplaintTask = z.strictObject({ taskId: ComplaintTaskId });

/**
 * Channel by which an answer reaches the person or the authority. `email`: Ringfence mails it to a contact.
 * `own_email`: the member mails it themselves.
 */
export const AnswerChannel = z.enum(["mail", "phone", "email", "own_email"]);
export type AnswerChannel = z.infer<typeof AnswerChannel>;

/** Records the answer as it was or will be sent. `contactId` is whose mailbox gets it by `email`. */
export const AnswerComplaint = z
  .strictObject({
    complaintId: ComplaintId,
    text: requiredWords,
    channel: AnswerChannel,
    contactId: ContactId.optional(),
    locale: z.enum(["en", "ru"]),
  })
  .refine(({ channel, contactId }) => (channel === "email") === (contactId !== undefined), {
    path: ["contactId"],
    ...withMessage("fault.missing"),
  });

/** Decides a complaint, with the reasons. */
export const DecideComplaint = z.strictObject({
  complaintId: ComplaintId,
  decision: ComplaintDecision.exclude(["withdrawn"]),
  text: requiredWords,
});

/** Opens a decided complaint again, because the person or the authority does not accept the decision. */
export const AppealComplaint = z.strictObject({ complaintId: ComplaintId, text: requiredWords });

/** Ends a complaint that the person takes back. */
export const WithdrawComplaint = z.strictObject({ complaintId: ComplaintId, text: words });
