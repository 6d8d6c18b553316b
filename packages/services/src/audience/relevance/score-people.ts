import { chanceOf, type Model, traitsBefore } from "@ringfence/core/audience/relevance";
import type { TransactionContext } from "../../platform/context.ts";
import { knownPeople } from "./known-people.ts";

/** People of whom all is read at once: to score them is over within the patience of one transaction. */
export const SCORED_AT_ONCE = 5_000;

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
