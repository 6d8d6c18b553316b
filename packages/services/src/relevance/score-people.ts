import { chanceOf, isHeldOut, type Model, traitsBefore } from "@ringfence/core/relevance";
import type { TransactionContext } from "../context.ts";
import { knownPeople, type PersonKnown } from "./known-people.ts";
import { relevanceInForce } from "./relevance-in-force.ts";

const PAGE = 5_000;

/** The chance of a person; whether it keeps them from being called, and whether they are held out of that. */
export type Score = { chance: number; isHeldBack: boolean; isHeldOut: boolean };

/** The scores of some people by their ordinals. Who refused profiling has none, and is not held back. */
export async function scorePeople(
  ctx: TransactionContext,
  ordinals: readonly number[],
): Promise<Map<number, Score>> {
  const { model, threshold } = await relevanceInForce(ctx);
  const scores = new Map<number, Score>();
  for (let from = 0; from < ordinals.length; from += PAGE) {
    const people = await knownPeople(ctx, ordinals.slice(from, from + PAGE));
    for (const person of people) scores.set(person.ordinal, scoreOf(ctx, person, model, threshold));
  }
  return scores;
}

export function scoreOf(
  { keys, organizationId, now }: TransactionContext,
  person: PersonKnown,
  model: Model,
  threshold: number | null,
): Score {
  const chance = chanceOf(model, traitsBefore(person, now));
  const heldOut = isHeldOut(keys.mac(organizationId, "hold-out group", person.id));
  const isHeldBack = threshold !== null && chance < threshold && !heldOut;
  return { chance, isHeldBack, isHeldOut: heldOut };
}
