import { query } from "../../platform/verb.ts";
import { type VerdictDifference, compareVerdicts } from "@ringfence/core/calling/screening";
import { ScreeningId } from "@ringfence/core/ids";
import { inTransaction, type TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { listJudgedEditions } from "./editions-then.ts";
import { judgeAgain } from "./judge-again.ts";
import { type KeptScreening, requireScreening } from "./kept-screening.ts";
import { auditLook, findScreenedPhone } from "./read-screening.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";

/** Screens the same call at the same instant by what is known now, and compares the verdicts. */
export type ScreenedAgain = { answer: ScreeningAnswer; difference: VerdictDifference };

/**
 * Screens the call of a past screening again at its instant, by what is known now: a what-if, so that nothing of
 * it is on record but that somebody looked. Neither its own permit nor its own call counts against it. A
 * number that is none, or that was erased, cannot be screened again.
 */
export const screenAgain = query({
  name: "screenAgain",
  action: "screening.read",
  input: ScreeningId,
  transaction: "by run",
  run: async (ctx, screeningId): Promise<ScreenedAgain> => {
    const { past, phone, ownCalls } = await inTransaction(ctx, async (ctx) => {
      const past = await requireScreening(ctx, screeningId);
      await auditLook(ctx, past, { again: true });
      return {
        past,
        phone: await findScreenedPhone(ctx, past),
        ownCalls: await findCallTimes(ctx, past),
      };
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
      editions: listJudgedEditions(past),
    });
    const checked = { ...past.checked, rules: past.checked.rules ?? "" };
    return { answer, difference: compareVerdicts({ ...past, checked }, answer) };
  },
  audit: "by run",
});

/** Finds the times of calls that name the screening, or the one whose permit it verified. */
async function findCallTimes(
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
