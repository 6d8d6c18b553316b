import { channelOf } from "@ringfence/core/jurisdiction";
import { DAY_MS } from "@ringfence/core/time";
import type { AskedCall } from "../screening/asked-call.ts";
import { decidingConsents } from "./deciding-consents.ts";
import type { FactsByKind } from "./facts-by-kind.ts";
import { type Likeness, LIMIT, pairOf, runOf, sequenceOf, setOf } from "./likeness.ts";
import type { Cap } from "./likenesses-of-places.ts";
import { meaningsOf } from "./meanings.ts";
import { atOf, type OwnFacts, untilOf } from "./own-facts.ts";
import { always, type Spans } from "./sensitive-spans.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** Stands before all facts in their order; nothing else is ever so far. */
const WHOLE = LIMIT - 1;

/** A number for what a verdict can see of a phone's consents, refusals, suppressions and calls. */
export function factsLikeness(likeness: Likeness, snapshot: ScrubSnapshot, call: AskedCall) {
  const { own, isPast } = snapshot;
  const at = snapshot.at.getTime();
  const meaning = meaningsOf(own, {
    sellerId: call.seller.id,
    purpose: call.purpose.key,
    channel: channelOf(call.dialer),
  });

  const likenessOfSaid = (said: readonly number[], listings: readonly number[], spans: Spans) => {
    // A consent lifts a listing if it is the later: then all of them count, in their order.
    const deciding = listings.length > 0 ? null : decidingConsents(own, meaning, said, at, isPast);
    if (deciding === null) {
      return pairOf(likeness, 2, sequenceOf(likeness, own, [...said, ...listings], spans));
    }
    const { isOptedOut, isOrdered, consents } = deciding;
    const folded = (isOrdered ? runOf : setOf)(likeness, own, consents, spans);
    return pairOf(likeness, isOptedOut ? 1 : 0, folded);
  };

  return (facts: FactsByKind, spans: Spans, cap: Cap | null): number => {
    const { said, listings, suppressions, calls } = facts;
    // Who is suppressed may be called when that ends, however far off: then every instant matters.
    if (suppressions.some((fact) => untilOf(own, fact) > at)) {
      const all = Object.values(facts).flat();
      return pairOf(likeness, WHOLE, sequenceOf(likeness, own, all, always));
    }

    const told = likenessOfSaid(said, listings, spans);
    const suppressed = setOf(likeness, own, suppressions, spans);
    const counted = callsThatCount(own, calls, cap, at);
    const called = sequenceOf(likeness, own, counted, always);
    return pairOf(likeness, told, pairOf(likeness, suppressed, called));
  };
}

function callsThatCount(own: OwnFacts, calls: readonly number[], cap: Cap | null, at: number) {
  if (cap === null || calls.length < cap.fewest) return [];
  const recent = calls.filter((call) => at - atOf(own, call) < cap.days * DAY_MS);
  return recent.length < cap.fewest ? [] : recent;
}
