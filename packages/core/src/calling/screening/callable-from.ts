import { findNextOpenings } from "../../people/jurisdiction/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";
import { hoursInput } from "./check-hours.ts";
import type { ScreeningFacts } from "./facts.ts";
import { findingsOf, refusalsIn } from "./findings-of.ts";
import { counts, prepareFacts } from "./prepare-facts.ts";
import type { Refusal } from "./reason.ts";

/** How far ahead hours are looked for: no holidays, and no month of a cap, last longer. */
export const HORIZON_DAYS = 35;
/** More turns than caps, suppressions and nights ever take; then we give no promise. */
const MAX_STEPS = 32;

/**
 * The first instant at which waiting alone gives leave, with nothing known but what is known now;
 * null where some refusal does not end so, or nobody can say when. `refusals` are those of `facts`.
 */
export function callableFrom(facts: ScreeningFacts, refusals: readonly Refusal[]): Date | null {
  let standing = refusals;
  let waiting = facts;
  for (let step = 0; step < MAX_STEPS; step++) {
    if (standing.length === 0) return waiting.at;
    if (!standing.every(endsByWaiting)) return null;
    const next = endOf(standing) ?? openingAfter(waiting);
    if (next === null || next <= waiting.at) return null;
    waiting = { ...(step === 0 ? knownAt(facts) : waiting), at: next };
    standing = refusalsIn(findingsOf(waiting));
  }
  return null;
}

const isOfHours = ({ reason }: Refusal) =>
  reason === "outside-calling-hours" || reason === "day-not-allowed";

/** Whether waiting alone may end a refusal. */
export const endsByWaiting = (refusal: Refusal) =>
  isOfHours(refusal) ||
  ((refusal.reason === "frequency-cap" || refusal.reason === "suppressed") &&
    refusal.until !== undefined);

/** When the last of those ends that say when. */
function endOf(refusals: readonly Refusal[]): Date | null {
  const [last = null] = refusals
    .flatMap(({ until }) => until ?? [])
    .toSorted((a, b) => b.getTime() - a.getTime());
  return last;
}

function openingAfter(facts: ScreeningFacts): Date | null {
  const until = new Date(facts.at.getTime() + HORIZON_DAYS * DAY_MS);
  const [opening = null] = findNextOpenings(hoursInput(prepareFacts(facts)), until);
  return opening;
}

/** What lies after the instant did not happen yet for one who waits. */
export function knownAt(facts: ScreeningFacts): ScreeningFacts {
  const isPast = (instant: Date) => instant <= facts.at;
  return {
    ...facts,
    optOuts: facts.optOuts.filter(counts(facts)),
    consents: facts.consents.filter(({ at }) => isPast(at)),
    calls: facts.calls.filter(isPast),
    reassigned: facts.reassigned.filter(({ at }) => isPast(at)),
    lineTypeAt: facts.lineTypeAt && isPast(facts.lineTypeAt) ? facts.lineTypeAt : null,
    registries: facts.registries.map((fact) =>
      fact.edition && isPast(fact.edition.verifiedAt) ? fact : { ...fact, edition: null },
    ),
  };
}
