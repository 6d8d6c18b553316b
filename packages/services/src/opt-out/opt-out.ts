import type { OptOutId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/message";
import { type RecordOptOut, readRefusal } from "@ringfence/core/opt-out";
import { type Phone, readPhone } from "@ringfence/core/phone";
import { mendText } from "@ringfence/core/text";
import { actorOnRecord } from "../access/actor-on-record.ts";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { organizationOf } from "../organization/organization-of.ts";
import { internPhone } from "../phone/intern-phones.ts";
import { purposesOf } from "../purpose/purposes-of.ts";
import { lastStatement } from "../statement/last-statement.ts";
import { sellersOf } from "../seller/sellers-of.ts";
import { appendOptOuts } from "./append-opt-outs.ts";
import { type ToldScope, toldScope } from "./told-scope.ts";

/** `reference` is to read aloud; `notes` say where what is on record is not what was sent. */
export type OptOutAnswer = {
  id: OptOutId;
  phone: Phone;
  scope: ToldScope;
  effectiveAt: Date;
  reference: string;
  notes: readonly Message[];
  /** SD-JWT: a promise that they can hold against us, were the ledger to lack it. */
  receipt: string;
};

export type OptOutOutcome =
  | { answer: OptOutAnswer; fault?: never }
  /** Of what was sent for a number. */
  | { fault: Message; answer?: never };

/**
 * Puts a person's refusal on record: in force before it answers (contract 6). Safe to repeat: the
 * same phone, scope, channel and `at` is answered with the first. What is no number is a `fault`, and
 * is kept for an officer.
 */
export async function optOut(ctx: ServiceContext, input: RecordOptOut): Promise<OptOutOutcome> {
  allow(ctx, "opt-out.record");

  return inTransaction(ctx, async (ctx) => {
    const { homeRegion } = await organizationOf(ctx);
    const read = readPhone(input.phone, (input.region ?? homeRegion).toUpperCase());
    if ("fault" in read) return { fault: await keep(ctx, input) };
    return { answer: await record(ctx, read.phone, input) };
  });
}

async function record(
  ctx: TransactionContext,
  phone: Phone,
  { channel, note, ...said }: RecordOptOut,
): Promise<OptOutAnswer> {
  const known = { sellers: await sellersOf(ctx), purposes: await purposesOf(ctx) };
  const { scope, at, notes } = readRefusal(said, known, ctx.now);
  const phoneId = await internPhone(ctx, phone);

  const optOut = { phoneId, scope, channel, at, note: note && mendText(note) };
  const [onRecord] = await appendOptOuts(ctx, [optOut]);
  if (!onRecord) throw new Error("a refusal was not put on record");
  const { id, reference, at: effectiveAt } = onRecord;
  await appendAudit(ctx, "opt-out.record", { phoneId, optOutId: id });
  const receipt = await lastStatement(ctx, [id]);
  return {
    id,
    phone,
    scope: toldScope(known.sellers, scope),
    effectiveAt,
    reference,
    notes,
    receipt,
  };
}

/** A refusal that we could not read is still a refusal: an officer finds out whose. */
async function keep(ctx: TransactionContext, { phone, channel }: RecordOptOut): Promise<Message> {
  const { db, organizationId, actor, now } = ctx;
  const input = mendText(phone);
  await db.misreadOptOut.create({
    data: { organizationId, input, channel, recordedAt: now, actor: actorOnRecord(actor) },
  });
  await appendAudit(ctx, "opt-out.record", { misread: true });
  return { key: "opt-out.number-unreadable", values: { input } };
}
