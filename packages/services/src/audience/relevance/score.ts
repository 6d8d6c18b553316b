import {
  type Driver,
  HistoryTrait,
  type Model,
  computeTraits,
  describeDriver,
  findDrivers,
  predictChance,
} from "@ringfence/core/audience/relevance";
import {
  type RootContext,
  type TransactionContext,
  inAnalysisTransaction,
  inTransaction,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { loadPersonFacts } from "./person-facts.ts";
import { loadRelevanceInForce } from "./in-force.ts";
import type { Locale } from "@ringfence/core/platform/message";
import type { Actor } from "@ringfence/core/platform/access";

/** Scoring this many people fits into one transaction. */
const MAX_SCORED_AT_ONCE = 5_000;

/** A person's chances, one for each requested offer. */
export type PersonScore = { contactId: string; chances: number[] };

/**
 * Scores people for each of some offers, in their order; null means no particular offer. Returns scores by ordinal.
 * People who opted out of profiling or were erased have no score.
 */
export async function scorePeople(
  ctx: TransactionContext,
  model: Model,
  ordinals: readonly number[],
  offers: readonly (string | null)[],
): Promise<Map<number, PersonScore>> {
  const people = await loadPersonFacts(ctx, ordinals);
  return new Map(
    people.map((person) => {
      const chances = offers.map((offer) =>
        predictChance(model, computeTraits(person, ctx.now, offer)),
      );
      return [person.ordinal, { contactId: person.id, chances }];
    }),
  );
}

/**
 * Finds the people whose chance, with no particular offer in mind, is below the threshold of offers without their own.
 * Without a score, nobody is below it. Campaigns still call a few of them, to measure the effect.
 */
export const findHeldBack = async (
  ctx: RootContext,
  ordinals: readonly number[],
): Promise<ReadonlySet<number>> => {
  const { threshold, model } = await inTransaction(ctx, loadRelevanceInForce);
  const held = new Set<number>();
  if (threshold === null) return held;
  for (let from = 0; from < ordinals.length; from += MAX_SCORED_AT_ONCE) {
    const page = ordinals.slice(from, from + MAX_SCORED_AT_ONCE);
    const scores = await inAnalysisTransaction(ctx, (ctx) => scorePeople(ctx, model, page, [null]));
    for (const [ordinal, { chances }] of scores) {
      if ((chances[0] ?? 1) < threshold) held.add(ordinal);
    }
  }
  return held;
};

/** More are not worth reading. */
const MAX_DRIVERS = 5;

type ExplainedScore = {
  chance: number;
  /** Below the threshold of offers without their own. */
  isBelow: boolean;
  drivers: string[];
  /** True if the organization's own model made the score, false for the default weights. */
  isLearned: boolean;
};

/**
 * Explains a person's score, for no particular offer, in words. `score` is null after an opt-out of profiling or an
 * erasure.
 */
export async function explainScore(
  ctx: TransactionContext,
  ordinal: number,
  locale: Locale,
): Promise<{ threshold: number | null; score: ExplainedScore | null }> {
  const { model, threshold, standing } = await loadRelevanceInForce(ctx);
  const [person] = await loadPersonFacts(ctx, [ordinal]);
  if (person === undefined) return { threshold, score: null };
  const traits = computeTraits(person, ctx.now);
  const chance = predictChance(model, traits);
  const drivers = listVisibleDrivers(ctx.actor, findDrivers(model, traits)).slice(0, MAX_DRIVERS);
  return {
    threshold,
    score: {
      chance,
      isBelow: threshold !== null && chance < threshold,
      drivers: drivers.map((driver) => describeDriver(locale, driver, traits)),
      isLearned: standing === "model",
    },
  };
}

/** Traits that reveal calls of any seller. */
const callTraits: ReadonlySet<string> = new Set([
  HistoryTrait.calls,
  HistoryTrait.sinceCall,
  HistoryTrait.lastResult,
  HistoryTrait.offer,
  HistoryTrait.resultOfOffer,
]);

/** Leaves out drivers that would reveal calls of other sellers to a member of some sellers. */
export const listVisibleDrivers = (actor: Actor, drivers: readonly Driver[]): Driver[] =>
  drivers.filter(
    ({ traits }) =>
      visibleSellerIds(actor) === null || !traits.some((trait) => callTraits.has(trait)),
  );
