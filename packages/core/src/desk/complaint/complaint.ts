import { z } from "zod";
import { ComplaintId } from "../../platform/ids.ts";
import { MAX_WRITTEN_LENGTH } from "../../people/phone/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** What a person complains of, in their own words; about a call where they name one. */
export const MakeComplaint = z.strictObject({
  callId: z.uuid().optional(),
  text: storableText(2_000),
});
export type MakeComplaint = z.infer<typeof MakeComplaint>;

/** A complaint that a member writes down for a person who was called. */
export const FileComplaint = z.strictObject({
  /** A phone number in any format that people write. */
  phone: z.string().trim().min(1).max(MAX_WRITTEN_LENGTH),
  text: storableText(2_000).min(1),
});
export type FileComplaint = z.infer<typeof FileComplaint>;

/** Those that wait, or those that were settled, from a cursor on. */
export const ListComplaints = z.strictObject({
  isSettled: z.boolean().default(false),
  after: ComplaintId.optional(),
});
export type ListComplaints = z.infer<typeof ListComplaints>;
