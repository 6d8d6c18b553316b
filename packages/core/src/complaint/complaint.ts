import { z } from "zod";
import { ComplaintId } from "../ids.ts";
import { storableText } from "../text/index.ts";

/** What a person complains of, in their own words; about a call where they name one. */
export const Complain = z.strictObject({
  callId: z.uuid().optional(),
  text: storableText(2_000),
});
export type Complain = z.infer<typeof Complain>;

/** Those that wait, or those that were settled, from a cursor on. */
export const ListComplaints = z.strictObject({
  isSettled: z.boolean().default(false),
  after: ComplaintId.optional(),
});
export type ListComplaints = z.infer<typeof ListComplaints>;
