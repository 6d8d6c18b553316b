import { type VerdictDifference, compareVerdicts } from "@ringfence/core/screening";
import type { ScreeningId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { inTransaction, type RootContext, type TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { editionsOf } from "./editions-then.ts";
import { judgeAgain } from "./judge-again.ts";
import { type KeptScreening, requireScreening } from "./kept-screening.ts";
import { auditLook, phoneOf } from "./read-screening.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";

/** What the same call would be told at the same instant by what is known now, and how that differs. */
export type ScreenedAgain = { answer: ScreeningAnswer; difference: VerdictDifference };

/**
 * Screens the call of a past screening again at its instant, by what is known now: a what-if, so that nothing of
 * it is on record but that somebody looked. Neither its own permit nor its own call counts against it. A
 * number that is none, or that was erased, cannot be screened again.
 */
export async function screenAgain(
  ctx: RootContext,
  screeningId: ScreeningId,
): Promise<ScreenedAgain> {
  allow(ctx, "screening.read");

  const { past, phone, ownCalls } = await inTransaction(ctx, async (ctx) => {
    const past = await requireScreening(ctx, screeningId);
    await auditLook(ctx, past, { again: true });
    return { past, phone: await phoneOf(ctx, past), ownCalls: await callsOf(ctx, past) };
  });
  if (phone === null) {
    const key = past.phoneId === null ? "error.no-number-again" : "error.erased-again";
    throw new ServiceError("invalid", { key });
  }
  const answer = await judgeAgain(ctx, {
    ...past,
    phone,
    permitId: past.permitId ?? screeningId,
    ownCalls,
    editions: editionsOf(past),
  });
  const checked = { ...past.checked, rules: past.checked.rules ?? "" };
  return { answer, difference: compareVerdicts({ ...past, checked }, answer) };
}

/** When the calls were placed that name the screening, or the one whose permit it verified. */
async function callsOf(
  { db, organizationId }: TransactionContext,
  { id, permitId, phoneId }: KeptScreening,
): Promise<number[]> {
  if (phoneId === null) return [];
  const calls = await db.call.findMany({
    where: { organizationId, phoneId, screeningId: { in: [id, permitId ?? id] } },
    select: { at: true },
  });
  return calls.map(({ at }) => at.getTime());
}
