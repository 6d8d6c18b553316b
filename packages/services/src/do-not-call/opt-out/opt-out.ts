import type { Message } from "@ringfence/core/platform/message";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { mendText } from "@ringfence/core/platform/text";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { internPhone } from "../../people/phone/intern-phones.ts";
import { keepMisread } from "./keep-misread.ts";
import { type HowRecorded, type RefusalAnswer, recordRefusal } from "./record-refusal.ts";

export type OptOutAnswer = RefusalAnswer & { phone: Phone };

export type OptOutOutcome =
  | { answer: OptOutAnswer; fault?: never }
  /** Of what was sent for a number. */
  | { fault: Message; answer?: never };

/**
 * Puts a person's refusal on record: in force before it answers (contract 6). Safe to repeat: the
 * same phone, scope, channel and `at` is answered with the first. What is no number is a `fault`, and
 * is kept for an officer.
 */
export async function optOut(
  ctx: ServiceContext,
  input: RecordOptOut,
  how: HowRecorded = {},
): Promise<OptOutOutcome> {
  allow(ctx, "opt-out.record");

  return inTransaction(ctx, async (ctx) => {
    const { homeRegion } = await organizationOf(ctx);
    const read = readPhone(input.phone, (input.region ?? homeRegion).toUpperCase());
    if ("fault" in read) return { fault: await keep(ctx, input) };
    const phoneId = await internPhone(ctx, read.phone);
    return { answer: { ...(await recordRefusal(ctx, phoneId, input, how)), phone: read.phone } };
  });
}

/** A refusal that we could not read is still a refusal: an officer finds out whose. */
async function keep(ctx: TransactionContext, { phone, channel }: RecordOptOut): Promise<Message> {
  await keepMisread(ctx, channel, [phone]);
  await appendAudit(ctx, "opt-out.record", { misread: true });
  return { key: "opt-out.number-unreadable", values: { input: mendText(phone) } };
}
