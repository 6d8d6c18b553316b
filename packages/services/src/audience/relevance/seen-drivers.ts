import type { Actor } from "@ringfence/core/platform/access";
import { type Driver, HistoryTrait } from "@ringfence/core/audience/relevance";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";

/** What tells of calls, whichever seller placed them. */
const ofCalls: ReadonlySet<string> = new Set([
  HistoryTrait.calls,
  HistoryTrait.sinceCall,
  HistoryTrait.lastResult,
  HistoryTrait.offer,
  HistoryTrait.resultOfOffer,
]);

/** Who works for some sellers does not hear what calls of the others came to. */
export const seenDrivers = (actor: Actor, drivers: readonly Driver[]): Driver[] =>
  drivers.filter(
    ({ traits }) => sellersSeenBy(actor) === null || !traits.some((trait) => ofCalls.has(trait)),
  );
