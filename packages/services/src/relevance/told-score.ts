import type { Locale } from "@ringfence/core/message";
import { driversOf, tellDriver, traitsBefore } from "@ringfence/core/relevance";
import type { TransactionContext } from "../context.ts";
import { knownPeople } from "./known-people.ts";
import { relevanceInForce } from "./relevance-in-force.ts";
import { scoreOf, type Score } from "./score-people.ts";

/** More drivers than these are read by nobody. */
const MOST_DRIVERS = 5;

/**
 * The score of a person, and its drivers in words; null for who refused profiling. `isLearned` says
 * whether it is by a model of the organization's own calls, or by documented weights.
 */
export async function toldScore(
  ctx: TransactionContext,
  ordinal: number,
  locale: Locale,
): Promise<{
  threshold: number | null;
  score: (Score & { drivers: string[]; isLearned: boolean }) | null;
}> {
  const { model, threshold, standing } = await relevanceInForce(ctx);
  const [person] = await knownPeople(ctx, [ordinal]);
  if (person === undefined) return { threshold, score: null };
  const traits = traitsBefore(person, ctx.now);
  const drivers = driversOf(model, traits).slice(0, MOST_DRIVERS);
  return {
    threshold,
    score: {
      ...scoreOf(ctx, person, model, threshold),
      drivers: drivers.map((driver) => tellDriver(locale, driver, traits)),
      isLearned: standing === "model",
    },
  };
}
