import { type ReadPhone, readPhone } from "@ringfence/core/phone";
import type { ScreenCall } from "@ringfence/core/screening";
import { allow, allowSeller } from "../access/allow.ts";
import type { RootContext } from "../context.ts";
import { askedCall } from "./asked-call.ts";
import { judge } from "./judge.ts";
import type { AnsweredFacts } from "./facts-row.ts";
import { readFactsShared } from "./read-facts.ts";
import { onRecord, recordScreeningShared } from "./record-screenings.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";

/**
 * Decides whether a call may be placed now, or whether it might have been at `at`. A live verdict is
 * on record before the caller hears it.
 */
export async function screenCall(ctx: RootContext, input: ScreenCall): Promise<ScreeningAnswer> {
  allow(ctx, "screening.run");

  const reading = await readNumber(ctx, input);
  const facts = await factsAbout(ctx, reading, input.at ?? null);
  const call = askedCall(input, facts.settings);
  allowSeller(ctx, call.seller.id);

  const answer = judge(ctx, reading, call, facts);
  if (call.at === null) await recordScreeningShared(ctx.db, onRecord(ctx, call, facts, answer));
  return answer;
}

/** Only a number that does not say its country itself needs to know where we are at home. */
async function readNumber(ctx: RootContext, { phone, region }: ScreenCall): Promise<ReadPhone> {
  if (region !== undefined || /^\s*(\+|00)/.test(phone)) return readPhone(phone, region ?? "");
  const home = { organizationId: ctx.organizationId, phone: null, phoneKey: null, at: null };
  const { settings } = await readFactsShared(ctx.db, home);
  return readPhone(phone, settings.homeRegion);
}

async function factsAbout(
  { db, keys, organizationId }: RootContext,
  reading: ReadPhone,
  at: Date | null,
): Promise<AnsweredFacts> {
  const phone = "phone" in reading ? reading.phone : null;
  const facts = await readFactsShared(db, { organizationId, phone, phoneKey: null, at });
  if (phone === null || !facts.settings.hasErasedPhones) return facts;
  // A refusal outlives the erasure of its number, and is then found by the key alone.
  const phoneKey = keys.phoneKey(organizationId, phone);
  return readFactsShared(db, { organizationId, phone, phoneKey, at });
}
