import {
  type JurisdictionId,
  listWithParents,
  ruleBook,
  toCap,
} from "@ringfence/core/people/jurisdiction";
import { createNumberIndex, indexNumber } from "@ringfence/core/calling/scrub";
import type { ScreeningFacts } from "@ringfence/core/calling/screening";
import { type SignatureTable, foldPair, foldSet } from "./folding.ts";
import { type Spans, farMs, nearMs, noInstants, sensitiveSpans } from "./sensitive-spans.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** Where a call goes, as far as laws and clocks see it. Places that they cannot tell apart are one. */
export type Place = { id: number; near: Spans; far: Spans; cap: Cap | null };

/** No cap holds back who was called more seldom, nor for a call that was before so many days. */
export type Cap = { fewest: number; days: number };

/** The place of a number: from its plan, and from what its contacts say of where they live. */
export function createPlaceSignatures(
  likeness: SignatureTable,
  { own, at }: ScrubSnapshot,
  allFacts: (digits: number, facts: readonly number[]) => ScreeningFacts,
) {
  /** By the place of a plan, of numbers of which nothing more is known. */
  const ofPlans: (Place | undefined)[] = [];
  const known = createNumberIndex();
  const ofKnown: Place[] = [];
  const byWords = new Map<string, Place>();

  const find = (digits: number, facts: readonly number[]): Place => {
    const { jurisdictions, states, zones, lineType, calledParty } = allFacts(digits, facts);
    const words = JSON.stringify([
      jurisdictions,
      toNamedStates(states),
      zones,
      lineType,
      calledParty,
    ]);
    const same = byWords.get(words);
    if (same) return same;
    const spansTo = (aheadMs: number) => sensitiveSpans(jurisdictions, at, aheadMs);
    const [near, far] = [spansTo(nearMs), spansTo(farMs)];
    const place = { id: byWords.size, near, far, cap: loosestCap(jurisdictions) };
    byWords.set(words, place);
    return place;
  };

  /** `plan` is the place of its plan; `facts` are those of a contact and of a line alone. */
  return (digits: number, plan: number, facts: readonly number[]): Place => {
    if (facts.length === 0) return (ofPlans[plan] ??= find(digits, []));

    const key = foldPair(likeness, plan, foldSet(likeness, own, facts, noInstants));
    return (ofKnown[indexNumber(known, key)] ??= find(digits, facts));
  };
}

/** States that some rule is about, and one for all others: no rule tells those apart. */
const named = new Set(ruleBook.rules.flatMap(({ when }) => when.state ?? []));
const toNamedStates = (states: readonly string[]) => [
  ...new Set(states.map((state) => (named.has(state) ? state : ""))),
];

/** A day of the calendar may end so many days after as many hours. */
const CALENDAR_DAYS = 2;

/** What the caps of some places have in common; null where no rule counts calls. */
function loosestCap(jurisdictions: readonly JurisdictionId[]): Cap | null {
  const places = new Set(listWithParents(jurisdictions));
  const caps = ruleBook.rules.flatMap((rule) =>
    rule.type === "frequency_cap" && places.has(rule.jurisdiction) ? toCap(rule) : [],
  );
  if (caps.length === 0) return null;
  return {
    fewest: Math.min(...caps.map(({ max }) => max)),
    days: Math.max(...caps.map(({ days }) => days)) + CALENDAR_DAYS,
  };
}
