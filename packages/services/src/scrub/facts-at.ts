import { hasNumber } from "@ringfence/core/registry";
import { GRACE_MS } from "@ringfence/core/screening";
import { letterOf } from "./said.ts";
import { listedSince } from "./load-registries.ts";
import {
  atOf,
  factsOfPhone,
  type NewFact,
  type OwnFacts,
  recordedAtOf,
  placeSaid,
  placeText,
  tellInPassing,
  untilOf,
} from "./own-facts.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** The facts about a number that stands at two places: its own, and that of a row that was erased. */
export function factsAt(own: OwnFacts, live: number, erased: number): readonly number[] {
  const facts = factsOfPhone(own, live);
  if (erased === -1) return facts;
  const more = factsOfPhone(own, erased);
  return [...facts, ...more.filter((fact) => !facts.some((known) => isSame(own, known, fact)))];
}

/** A fact of a person whom both places lead to. Calls that are two are told apart by their words. */
const isSame = (own: OwnFacts, a: number, b: number) =>
  placeSaid(own, a) === placeSaid(own, b) &&
  Object.is(atOf(own, a), atOf(own, b)) &&
  Object.is(untilOf(own, a), untilOf(own, b)) &&
  Object.is(recordedAtOf(own, a), recordedAtOf(own, b));

/** Listings that a consent lifts if it is the later, and ports, as facts: so they have an order among the others. */
export const datedListings = ({ own, registries }: ScrubSnapshot, digits: number): number[] =>
  tellInPassing(
    own,
    registries.flatMap(({ id, numbers, listings }): NewFact[] => {
      if (listings === null || !hasNumber(numbers, digits)) return [];
      const at = listedSince(listings, digits) ?? Number.NaN;
      const { arePorts } = listings;
      const said = placeText(own, arePorts ? letterOf.port : letterOf.listing + id);
      const until = arePorts ? at + GRACE_MS : Number.NaN;
      return [{ said, at, until, recordedAt: Number.NaN }];
    }),
  );

/** Whether a registry lists it as ported: then somebody knows of it what no plan tells. */
export const isPorted = ({ registries }: ScrubSnapshot, digits: number): boolean =>
  registries.some(({ listings, numbers }) => listings?.arePorts && hasNumber(numbers, digits));
