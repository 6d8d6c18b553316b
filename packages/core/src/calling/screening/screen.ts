import { type ScreeningFacts, listOtherViews, listViews } from "./facts.ts";
import type { Verdict } from "./verdict.ts";
import { checkCap } from "./check-cap.ts";
import { checkConsent } from "./check-consent.ts";
import { checkDialer, checkDuties, checkSector } from "./check-bans-and-duties.ts";
import { checkHours, toHoursInput } from "./check-hours.ts";
import {
  checkOptOut,
  checkRestriction,
  checkSuppression,
} from "./check-opt-out-and-suppression.ts";
import { checkConfirmedDuties, checkPlace, checkRunning } from "./check-place-and-campaign.ts";
import { checkPreferences, listPreferredHours } from "./check-preferences.ts";
import { checkReassigned } from "./check-reassigned.ts";
import { checkRegistries } from "./check-registries.ts";
import type { Finding, Reason } from "./reason.ts";
import { prepareFacts } from "./prepare-facts.ts";
import { isKnownOptOut } from "./relationship.ts";
import { checkCallingHours, findNextOpenings } from "../../people/jurisdiction/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";

/**
 * Decides whether a call may be placed. It runs every check and returns every refusal, so that an agent sees all
 * reasons and an auditor sees all that was checked.
 */
export function screen(facts: ScreeningFacts): Verdict {
  const findings = runChecks(facts);
  const refusals = listRefusals(findings);
  const warnings = listWarnings(findings);
  return refusals.length === 0
    ? { verdict: "allow", refusals, warnings, callableFrom: null }
    : { verdict: "refuse", refusals, warnings, callableFrom: findCallableFrom(facts, refusals) };
}

/** All checks, in the order in which their reasons are reported. */
const checks = [
  checkOptOut,
  checkSuppression,
  checkRestriction,
  checkPreferences,
  checkConsent,
  checkReassigned,
  checkRegistries,
  checkDialer,
  checkSector,
  checkCap,
  checkHours,
  checkPlace,
  checkDuties,
  checkRunning,
  checkConfirmedDuties,
];

/**
 * Runs all checks and returns their findings. Where former law is kept, or the organization has rules of its own, each
 * check runs by each of these laws too, and a finding of any stands: whatever one of them refuses is refused, however
 * they would act upon each other.
 */
export function runChecks(facts: ScreeningFacts): readonly Finding[] {
  const prepared = prepareFacts(facts);
  const others = listOtherViews(facts);
  if (others.length === 0) return checks.flatMap((check) => check(prepared));
  const views = [prepared, ...others.map(prepareFacts)];
  return checks.flatMap((check) => keepDifferent(views.flatMap(check)));
}

const keepDifferent = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
];

export const listRefusals = (findings: readonly Finding[]) =>
  findings.filter(({ effect }) => effect === "refuse").map(({ refusal }) => refusal);
const listWarnings = (findings: readonly Finding[]) =>
  findings.filter(({ effect }) => effect === "warn").map(({ refusal }) => refusal);

/** Days to search for the next opening. No holidays and no monthly cap last longer. */
export const HORIZON_DAYS = 35;
/** Maximum steps of the search. Caps, suppressions and nights never need as many; after that it gives up. */
const MAX_STEPS = 32;

/**
 * Finds the first time at which the call would be allowed by waiting alone, given what is known now; null if some
 * refusal does not end by waiting, or if no end is found within `HORIZON_DAYS` or `MAX_STEPS`. `refusals` are those of
 * `facts`.
 */
export function findCallableFrom(facts: ScreeningFacts, refusals: readonly Reason[]): Date | null {
  let remaining = refusals;
  let waiting = facts;
  for (let step = 0; step < MAX_STEPS; step++) {
    if (remaining.length === 0) return waiting.at;
    if (!remaining.every(endsByWaiting)) return null;
    const next = findLastEnd(remaining) ?? openingAfter(waiting);
    if (next === null || next <= waiting.at) return null;
    waiting = { ...(step === 0 ? withoutLaterFacts(facts) : waiting), at: next };
    remaining = listRefusals(runChecks(waiting));
  }
  return null;
}

/** True if a reason is about the hour or day of the call. */
export const isAboutHours = ({ reason }: Reason) =>
  reason === "outside-calling-hours" || reason === "day-not-allowed" || reason === "quiet-hours";

/** True if a refusal may end by waiting alone: one about hours, and a cap or a suppression with a known end. */
export const endsByWaiting = (refusal: Reason) =>
  isAboutHours(refusal) ||
  ((refusal.reason === "frequency-cap" || refusal.reason === "suppressed") &&
    refusal.until !== undefined);

/** Finds the latest known end of the refusals. */
function findLastEnd(refusals: readonly Reason[]): Date | null {
  const [last = null] = refusals
    .flatMap(({ until }) => until ?? [])
    .toSorted((a, b) => b.getTime() - a.getTime());
  return last;
}

/**
 * Finds when the hours open next: those of each law that judges, and those that the person chose. Returns the latest of
 * these openings, before which not all are open; null if one does not open within `HORIZON_DAYS`.
 */
function openingAfter(facts: ScreeningFacts): Date | null {
  const until = new Date(facts.at.getTime() + HORIZON_DAYS * DAY_MS);
  const openings = [
    ...listViews(facts).map((view) => toHoursInput(prepareFacts(view))),
    ...listPreferredHours(prepareFacts(facts)),
  ]
    .filter((input) => checkCallingHours(input) !== null)
    .map((input) => findNextOpenings(input, until).next().value ?? null);
  const known = openings.filter((opening) => opening !== null);
  if (known.length < openings.length) return null;
  return known.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null;
}

/**
 * Removes consents, calls, answers, look-ups of lines and editions from after `at`, and in a what-if later opt-outs.
 * For someone who waits from then on, they have not happened yet.
 */
export function withoutLaterFacts(facts: ScreeningFacts): ScreeningFacts {
  const isPast = (instant: Date) => instant <= facts.at;
  return {
    ...facts,
    optOuts: facts.optOuts.filter(isKnownOptOut(facts)),
    consents: facts.consents.filter(({ at }) => isPast(at)),
    calls: facts.calls.filter(isPast),
    reassigned: facts.reassigned.filter(({ at }) => isPast(at)),
    lineTypeAt: facts.lineTypeAt && isPast(facts.lineTypeAt) ? facts.lineTypeAt : null,
    registries: facts.registries.map((fact) =>
      fact.edition && isPast(fact.edition.verifiedAt) ? fact : { ...fact, edition: null },
    ),
  };
}
