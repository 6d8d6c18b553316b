import {
  type RootContext,
  ServiceError,
  type TransactionContext,
  appendAudit,
  inTransaction,
  query,
} from "../../platform/internal.ts";
import {
  type ScreeningFacts,
  type VerdictDifference,
  compareVerdicts,
} from "@ringfence/core/calling/screening";
import { ScreeningId, type SellerId } from "@ringfence/core/ids";
import { type PastScreening, listJudgedEditions, loadPastScreening } from "./past-screening.ts";
import { findScreenedPhone, toReadDetails } from "./read-screening.ts";
import { type ScreeningResult, toScreeningResult } from "./screening-result.ts";
import type { Phone } from "@ringfence/core/people/phone";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { Dialer } from "@ringfence/core/account/organization";
import { resolveNamedCall } from "./resolve-call.ts";
import { loadFacts } from "./load-facts.ts";
import { toScreeningFacts } from "./to-facts.ts";
import type { LoadedFacts } from "./facts-row.ts";

/** Result of screening a past call again, and how it differs. */
export type RepeatedScreening = { answer: ScreeningResult; difference: VerdictDifference };

/**
 * Screens the call of a past screening again at its instant: with the registry editions that were in force then, and
 * with the consents, opt-outs and calls of that time as they are known now. It is a what-if: only the access is
 * recorded. The permit and the call of the past screening do not count against it. A call to an invalid or erased number
 * cannot be screened again.
 */
export const screenAgain = query({
  name: "screenAgain",
  action: "screening.read",
  input: ScreeningId,
  transaction: "by run",
  run: async (ctx, screeningId): Promise<RepeatedScreening> => {
    const { past, phone, ownCalls } = await inTransaction(ctx, async (ctx) => {
      const past = await loadPastScreening(ctx, screeningId);
      await appendAudit(ctx, "screening.read", { ...toReadDetails(past), again: true });
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
    const answer = await screenPastCall(ctx, {
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
  { id, permitId, phoneId }: PastScreening,
): Promise<number[]> {
  if (phoneId === null) return [];
  const calls = await db.call.findMany({
    where: { organizationId, phoneId, screeningId: { in: [id, permitId ?? id] } },
    select: { at: true },
  });
  return calls.map(({ at }) => at.getTime());
}

/** A call that was screened before, with its own permit and calls, which must not count against it. */
export type PastCall = {
  phone: Phone;
  at: Date;
  sellerId: SellerId;
  purpose: PurposeKey;
  dialer: Dialer;
  campaign: string | null;
  /** The screening whose permit is not counted, because it was for this call; null if none was. */
  permitId: string | null;
  /** Times of the calls that belong to it, in epoch milliseconds. */
  ownCalls: readonly number[];
  /** The editions used by the screening, and when each had last been verified. */
  editions: readonly { registry: string; edition: number; verifiedAt: Date | null }[];
};

/**
 * Screens a past call at its instant, as `screenAgain` does. It is a what-if, so nothing is recorded. The caller checks
 * that the actor works for the seller, and audits the access.
 */
export const screenPastCall = async (
  ctx: RootContext,
  past: PastCall,
): Promise<ScreeningResult> => {
  const { call, loaded } = await restorePastCall(ctx, past);
  return toScreeningResult({ phone: past.phone }, call, loaded).answer;
};

/**
 * Loads the facts of a past call at its instant, for a what-if under another law. The caller checks that the actor
 * works for the seller, and audits the access.
 */
export const loadPastFacts = async (ctx: RootContext, past: PastCall): Promise<ScreeningFacts> => {
  const { call, loaded } = await restorePastCall(ctx, past);
  return toScreeningFacts(past.phone, call, loaded.row, loaded.settings);
};

async function restorePastCall(ctx: RootContext, past: PastCall) {
  const { phone, at, sellerId, purpose, dialer, campaign, permitId } = past;
  const facts = await loadFacts(ctx, { phone }, at, {
    ...(campaign !== null && { campaign }),
    ...(permitId !== null && { permitId }),
  });
  const named = { seller: sellerId, purpose, dialer, at, ...(campaign !== null && { campaign }) };
  return {
    call: resolveNamedCall(named, facts.settings),
    loaded: restorePastFacts(facts, past),
  };
}

/**
 * Returns the facts without the calls of this very screening. Each registry that still has the same edition for that
 * instant gets the verification time back that the screening saw.
 */
function restorePastFacts(
  { row, settings, ...facts }: LoadedFacts,
  { ownCalls, editions }: PastCall,
): LoadedFacts {
  const calls = [...(row.calls ?? [])];
  for (const own of ownCalls) {
    const index = calls.indexOf(own);
    if (index !== -1) calls.splice(index, 1);
  }
  const history = { ...row.history };
  for (const { registry, edition, verifiedAt } of editions) {
    const known = settings.registries?.find(({ code }) => code === registry);
    const editionThen = known && history[known.id];
    // Once a source was verified again, its earlier verification time is no longer stored.
    if (known === undefined || verifiedAt === null || editionThen?.edition !== edition) continue;
    const verifiedThen = Math.max(editionThen.verifiedAt, Math.ceil(verifiedAt.getTime()));
    history[known.id] = { ...editionThen, verifiedAt: verifiedThen };
  }
  return { ...facts, settings, row: { ...row, calls, history } };
}
