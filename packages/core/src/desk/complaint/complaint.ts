import { z } from "zod";
import { ComplaintId } from "../../platform/ids.ts";
import { WRITTEN_MAX } from "../../people/phone/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** What a person complains of, in their own words; about a call where they name one. */
export const Complain = z.strictObject({
  callId: z.uuid().optional(),
  text: storableText(2_000),
});
export type Complain = z.infer<typeof Complain>;

/** A complaint that a member writes down for a person who was called. */
export const FileComplaint = z.strictObject({
  /** A phone number in any format that people write. */
  phone: z.string().trim().min(1).max(WRITTEN_MAX),
  text: storableText(2_000).min(1),
});
export type FileComplaint = z.infer<typeof FileComplaint>;

/** Those that wait, or those that were settled, from a cursor on. */
export const ListComplaints = z.strictObject({
  isSettled: z.boolean().default(false),
  after: ComplaintId.optional(),
});
export type ListComplaints = z.infer<typeof ListComplaints>;
