import type { Locale } from "@ringfence/core/platform/message";
import { chanceOf, driversOf, tellDriver, traitsBefore } from "@ringfence/core/audience/relevance";
import type { TransactionContext } from "../../platform/context.ts";
import { knownPeople } from "./known-people.ts";
import { relevanceInForce } from "./relevance-in-force.ts";
import { seenDrivers } from "./seen-drivers.ts";

/** More drivers than these are read by nobody. */
const MOST_DRIVERS = 5;

export type ToldScore = {
  chance: number;
  /** Below the threshold of all offers. */
  isBelow: boolean;
  drivers: string[];
  /** By a model of the organization's own calls, and not by documented weights. */
  isLearned: boolean;
};

/** The score of a person for whichever offer, and its drivers in words; null for who refused profiling. */
export async function toldScore(
  ctx: TransactionContext,
  ordinal: number,
  locale: Locale,
): Promise<{ threshold: number | null; score: ToldScore | null }> {
  const { model, threshold, standing } = await relevanceInForce(ctx);
  const [person] = await knownPeople(ctx, [ordinal]);
  if (person === undefined) return { threshold, score: null };
  const traits = traitsBefore(person, ctx.now);
  const chance = chanceOf(model, traits);
  const drivers = seenDrivers(ctx.actor, driversOf(model, traits)).slice(0, MOST_DRIVERS);
  return {
    threshold,
    score: {
      chance,
      isBelow: threshold !== null && chance < threshold,
      drivers: drivers.map((driver) => tellDriver(locale, driver, traits)),
      isLearned: standing === "model",
    },
  };
}
