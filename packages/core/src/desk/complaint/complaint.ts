import { z } from "zod";
import { CallId, ComplaintId, QuestionId } from "../../platform/ids.ts";
import { MAX_WRITTEN_LENGTH } from "../../people/phone/index.ts";
import { withMessage } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Instant } from "../../platform/time/index.ts";
import type { OptOutChannel } from "../../do-not-call/opt-out/index.ts";

/** Way by which a complaint reached us: the person's own page, an agent, a letter or mail, an authority, or the API. */
export const ComplaintSource = z.enum(["page", "agent", "mail", "regulator", "api"]);
export type ComplaintSource = z.infer<typeof ComplaintSource>;

/** The channel under which an opt-out is recorded that comes with a complaint. */
export const channelOfSource: Readonly<Record<ComplaintSource, OptOutChannel>> = {
  page: "web",
  agent: "agent",
  mail: "email",
  regulator: "regulator",
  api: "api",
};

/**
 * How a complaint ended; officers decide all but `withdrawn`. Null in a row: it is open, or was resolved before
 * decisions were recorded.
 */
export const ComplaintDecision = z.enum(["upheld", "partly-upheld", "rejected", "withdrawn"]);
export type ComplaintDecision = z.infer<typeof ComplaintDecision>;

/** A person's complaint in their own words, about one call or in general. The words may be missing. */
export const MakeComplaint = z.strictObject({
  callId: z.uuid().optional(),
  text: storableText(2_000),
  /** True if they do not want to be called again. */
  refusesCalls: z.boolean().default(false),
});
export type MakeComplaint = z.infer<typeof MakeComplaint>;

/** A day on the calendar, with the time of day if the person knows it, by their clock. */
const SaidDay = z.strictObject({
  day: z.iso.date(),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
});
/** Time of a call, as the person remembers it: a day, perhaps with the time, or an instant. */
export const SaidCall = z.union([SaidDay, z.strictObject({ at: Instant })]);
export type SaidCall = z.infer<typeof SaidCall>;

/** A regulator's letter: its name, its case number, and the last day for an answer. */
export const RegulatorLetter = z.strictObject({
  authority: storableText(200).min(1),
  reference: storableText(200).default(""),
  /** The last day for an answer. Left out if the letter names none. */
  answerBy: z.iso.date().optional(),
});
export type RegulatorLetter = z.infer<typeof RegulatorLetter>;

const fields = {
  /** A phone number in any format. */
  phone: z.string().trim().min(1, withMessage("fault.missing")).max(MAX_WRITTEN_LENGTH),
  text: storableText(10_000).min(1, withMessage("fault.missing")),
  /** When the call was, as the person says. */
  called: SaidCall.optional(),
  /** Key or ID of the seller that the person names. */
  seller: z.string().min(1).max(128).optional(),
  /** True if they do not want to be called again. */
  refusesCalls: z.boolean().default(false),
};

/** A complaint that a member takes down for a person: on the phone, from a letter or mail, or from an authority. */
export const FileComplaint = z
  .strictObject({
    ...fields,
    source: z.enum(["agent", "mail", "regulator"]).default("agent"),
    regulator: RegulatorLetter.optional(),
    /** The message of the list of possible opt-outs that turned out to be this complaint. */
    question: QuestionId.optional(),
  })
  .refine(({ source, regulator }) => (source === "regulator") === (regulator !== undefined), {
    path: ["regulator", "authority"],
    ...withMessage("fault.missing"),
  });
export type FileComplaint = z.infer<typeof FileComplaint>;

/** A complaint from another system. One with the id of an earlier one is the same. */
export const ReceiveComplaint = z.strictObject({
  ...fields,
  called: z.union([SaidDay.omit({ time: true }), z.strictObject({ at: Instant })]).optional(),
  /** The sender's own id of the complaint. */
  externalId: storableText(200).min(1).optional(),
});
export type ReceiveComplaint = z.infer<typeof ReceiveComplaint>;

/** The response to a complaint from another system. */
export const ComplaintResponse = z
  .object({
    id: ComplaintId,
    receivedAt: z.date(),
    dueAt: z.date().meta({ description: "The latest time for an answer." }),
    optOut: z.string().nullable().meta({
      description: "Reference of the opt-out that was recorded with it; null if none was.",
    }),
  })
  .meta({ id: "Complaint" });
export type ComplaintResponse = z.infer<typeof ComplaintResponse>;

/** Asks for open complaints, the first due first, or for decided ones, the last decided first. */
export const ListComplaints = z.strictObject({
  isDecided: z.boolean().default(false),
  source: ComplaintSource.optional(),
  /** Only those that are overdue or due within three days. */
  isUrgent: z.boolean().default(false),
  /** Only those assigned to the member who asks. */
  isMine: z.boolean().default(false),
  /** The last complaint of the page before. */
  after: ComplaintId.optional(),
});
export type ListComplaints = z.infer<typeof ListComplaints>;

/** A complaint counts as near its deadline from so many days before it. */
export const NEAR_DUE_DAYS = 3;

/** Links a call to a complaint, or takes it off. */
export const ComplaintCall = z.strictObject({ complaintId: ComplaintId, callId: CallId });
