import { z } from "zod";
import { ComplaintId } from "../../platform/ids.ts";
import { MAX_WRITTEN_LENGTH } from "../../people/phone/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** A person's complaint in their own words, about one call or in general. The words may be missing. */
export const MakeComplaint = z.strictObject({
  callId: z.uuid().optional(),
  text: storableText(2_000),
});
export type MakeComplaint = z.infer<typeof MakeComplaint>;

/** A complaint that a member takes down for a person. */
export const FileComplaint = z.strictObject({
  /** A phone number in any format. */
  phone: z.string().trim().min(1).max(MAX_WRITTEN_LENGTH),
  text: storableText(2_000).min(1),
});
export type FileComplaint = z.infer<typeof FileComplaint>;

/** Settles a complaint. */
export const SettleComplaint = z.strictObject({ id: ComplaintId });
export type SettleComplaint = z.infer<typeof SettleComplaint>;

/** Asks for open or settled complaints, from a cursor on. */
export const ListComplaints = z.strictObject({
  isSettled: z.boolean().default(false),
  after: ComplaintId.optional(),
});
export type ListComplaints = z.infer<typeof ListComplaints>;
