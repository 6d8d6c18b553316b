import { type RuleOf, capOf } from "../jurisdiction/index.ts";
import { DAY_MS } from "../time/index.ts";
import { type Finding, finds } from "./finding.ts";
import { type Judging, rulesAbout } from "./judging-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/** At most so many calls to a person in any such span, over all their phones and whoever placed them. */
export const checkCap = (facts: PreparedFacts): Finding[] =>
  rulesAbout(facts, "frequency_cap").flatMap((judging) => checkOne(judging, facts));

function checkOne(judging: Judging<RuleOf<"frequency_cap">>, { calls, at, zones }: PreparedFacts) {
  const { max, days, countsUntil } = capOf(judging.rule);
  const untils = calls
    // No span is longer by more than a day in some zone; what is far outside is not worth a look.
    .filter((call) => call <= at && at.getTime() - call.getTime() < (days + 2) * DAY_MS)
    .map((call) => countsUntil(call, zones))
    .filter((until) => until > at)
    .toSorted((a, b) => b.getTime() - a.getTime());

  // The call that must leave the span before another may be placed.
  const until = untils[max - 1];
  if (until === undefined) return [];
  return [
    finds(judging, {
      reason: "frequency-cap",
      until,
      message: { key: "refusal.frequency-cap", values: { limit: max, days, until } },
    }),
  ];
}
