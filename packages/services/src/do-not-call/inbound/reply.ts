import { type ServiceContext, command } from "../../platform/internal.ts";
import { RecordReply } from "@ringfence/core/do-not-call/inbound";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { recordOptOut } from "../opt-out/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findOrAddPhone } from "../../people/phone/internal.ts";
import { saveQuestion } from "./questions.ts";
import { createAcknowledgment, markReceived } from "./inbound.ts";

/** Outcome of a person's reply. */
export type RecordReplyResult =
  /**
   * It is an opt-out. `reference` and `receipt` (a link) are null if the number could not be read: an officer then
   * finds out whose it is.
   */
  | { outcome: "refused"; reference: string | null; receipt: string | null }
  /**
   * `asked`: it may be an opt-out and waits for an officer. `nothing`: it is none. `repeated`: it was recorded before,
   * and nothing is done again.
   */
  | { outcome: "asked" | "nothing" | "repeated" };

/**
 * Records a person's reply. An opt-out is in force when this returns; a possible opt-out waits for an
 * officer. Safe to repeat if the reply has an id, also concurrently.
 */
export const recordReply = command({
  name: "recordReply",
  action: "opt-out.record",
  input: RecordReply,
  run: async (ctx, reply): Promise<RecordReplyResult> => {
    if (reply.reading === "other") return { outcome: "nothing" };
    const { phone, channel, text } = reply;
    const { homeRegion } = await loadOrganization(ctx);
    const read = readPhone(phone, homeRegion);
    const readable = "phone" in read ? read.phone : null;
    const externalId = createReplyKey(ctx, reply, readable);
    if (!(await markReceived(ctx, { ...reply, externalId }))) return { outcome: "repeated" };
    if (reply.reading === "refusal") {
      const { answer } = await recordOptOut(ctx, { phone, channel, note: text });
      return { outcome: "refused", ...createAcknowledgment(ctx, answer) };
    }
    const phoneId = readable === null ? null : await findOrAddPhone(ctx, readable);
    await saveQuestion(ctx, {
      phoneId,
      channel,
      text: phoneId === null ? `${phone}: ${text}` : text,
    });
    return { outcome: "asked" };
  },
  // `recordOptOut` or `saveQuestion` writes the row. A reply that is no opt-out, or a repeated one, has none.
  audit: "by run",
});

/**
 * Creates the key under which a reply counts once; null for one without an id, which always counts. If a dialer
 * corrects the code or the number of a call, the key changes, so both count.
 */
function createReplyKey(
  { keys, organizationId }: ServiceContext,
  { externalId, reading }: RecordReply,
  phone: Phone | null,
): string | null {
  if (externalId === null) return null;
  const whose = phone && Buffer.from(keys.phoneKey(organizationId, phone)).toString("base64url");
  return `${externalId} ${reading} ${whose ?? "unreadable"}`;
}
