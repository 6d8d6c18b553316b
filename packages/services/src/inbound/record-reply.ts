import type { ReplyReading } from "@ringfence/core/inbound";
import type { OptOutChannel } from "@ringfence/core/opt-out";
import { readPhone } from "@ringfence/core/phone";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { optOut } from "../opt-out/opt-out.ts";
import { organizationOf } from "../organization/organization-of.ts";
import { internPhone } from "../phone/intern-phones.ts";
import { askPerson } from "./ask-person.ts";
import { isFirst } from "./is-first.ts";

/** What a person answered through another system. */
export type Reply = {
  provider: string;
  /** The provider's own id of it; null where it has none, and each counts. */
  externalId: string | null;
  channel: Extract<OptOutChannel, "sms" | "ivr" | "disposition">;
  phone: string;
  reading: ReplyReading;
  text: string;
};

export type ReplyOutcome =
  /** `reference` is null where the number could not be read: an officer finds out whose it is. */
  | { outcome: "refused"; reference: string | null }
  /** What comes twice counts once; nothing is done again. */
  | { outcome: "asked" | "nothing" | "repeated" };

/**
 * Takes what a person answered: a refusal is in force when it is answered, what may be one waits for a
 * person. Safe to repeat, also at once.
 */
export async function recordReply(ctx: ServiceContext, reply: Reply): Promise<ReplyOutcome> {
  allow(ctx, "opt-out.record");

  return inTransaction(ctx, async (ctx) => {
    if (reply.reading === "other") return { outcome: "nothing" };
    if (!(await isFirst(ctx, reply))) return { outcome: "repeated" };
    const { phone, channel, text } = reply;
    if (reply.reading === "refusal") {
      const { answer } = await optOut(ctx, { phone, channel, note: text });
      return { outcome: "refused", reference: answer?.reference ?? null };
    }
    const { homeRegion } = await organizationOf(ctx);
    const read = readPhone(phone, homeRegion);
    const phoneId = "phone" in read ? await internPhone(ctx, read.phone) : null;
    await askPerson(ctx, {
      phoneId,
      channel,
      text: phoneId === null ? `${phone}: ${text}` : text,
    });
    return { outcome: "asked" };
  });
}
