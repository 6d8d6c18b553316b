import {
  type Driver,
  HistoryTrait,
  type Model,
  chanceOf,
  driversOf,
  tellDriver,
  traitsBefore,
} from "@ringfence/core/audience/relevance";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { knownPeople } from "./person-facts.ts";
import { inAnalysis } from "../segment/in-analysis.ts";
import { relevanceInForce } from "./in-force.ts";
import type { Locale } from "@ringfence/core/platform/message";
import type { Actor } from "@ringfence/core/platform/access";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";

/** People of whom all is read at once: to score them is over within the patience of one transaction. */
const SCORED_AT_ONCE = 5_000;

/** The chances of a person, for each of the offers that were asked about. */
export type Scored = { contactId: string; chances: number[] };

/**
 * The chances of some people by their ordinals, for each of some offers; null is whichever offer. Who
 * refused profiling has none.
 */
export async function scorePeople(
  ctx: TransactionContext,
  model: Model,
  ordinals: readonly number[],
  offers: readonly (string | null)[],
): Promise<Map<number, Scored>> {
  const people = await knownPeople(ctx, ordinals);
  return new Map(
    people.map((person) => {
      const chances = offers.map((offer) => chanceOf(model, traitsBefore(person, ctx.now, offer)));
      return [person.ordinal, { contactId: person.id, chances }];
    }),
  );
}

/**
 * Of some people, those whose chance to accept is below the threshold of all offers. A campaign calls a
 * few of them all the same, to measure it.
 */
export const heldBack = async (
  ctx: RootContext,
  ordinals: readonly number[],
): Promise<ReadonlySet<number>> => {
  const { threshold, model } = await inTransaction(ctx, relevanceInForce);
  const held = new Set<number>();
  if (threshold === null) return held;
  for (let from = 0; from < ordinals.length; from += SCORED_AT_ONCE) {
    const page = ordinals.slice(from, from + SCORED_AT_ONCE);
    const scores = await inAnalysis(ctx, (ctx) => scorePeople(ctx, model, page, [null]));
    for (const [ordinal, { chances }] of scores) {
      if ((chances[0] ?? 1) < threshold) held.add(ordinal);
    }
  }
  return held;
};

/** More drivers than these are read by nobody. */
const MOST_DRIVERS = 5;

type ToldScore = {
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
