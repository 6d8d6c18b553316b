import { hasNumber } from "@ringfence/core/do-not-call/registry";
import { GRACE_MS } from "@ringfence/core/calling/screening";
import { letterOf } from "./said.ts";
import { listedSince } from "./load-registries.ts";
import {
  atOf,
  factsOfPhone,
  type OwnFacts,
  recordedAtOf,
  placeSaid,
  placeText,
  tellInPassing,
  untilOf,
} from "./own-facts.ts";
import type { ScrubRegistry, ScrubSnapshot } from "./snapshot.ts";

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

const none: readonly number[] = [];

/**
 * Listings of a number that a consent lifts if it is the later, and ports, as facts: so they have an order
 * among the others.
 */
export function makeDatedListings({ own, registries }: ScrubSnapshot) {
  const dated = registries.filter(({ listings }) => listings !== null);
  return (digits: number): readonly number[] =>
    dated.length === 0
      ? none
      : tellInPassing(
          own,
          dated.flatMap((registry) => listingOf(own, registry, digits)),
        );
}

function listingOf(own: OwnFacts, { id, numbers, listings }: ScrubRegistry, digits: number) {
  if (listings === null || !hasNumber(numbers, digits)) return [];
  const at = listedSince(listings, digits) ?? Number.NaN;
  const { arePorts } = listings;
  const said = placeText(own, arePorts ? letterOf.port : letterOf.listing + id);
  const until = arePorts ? at + GRACE_MS : Number.NaN;
  return [{ said, at, until, recordedAt: Number.NaN }];
}

export const hasPorts = ({ registries }: ScrubSnapshot) =>
  registries.some(({ listings }) => listings?.arePorts);

/** Whether a registry lists a number as ported: then somebody knows of it what no plan tells. */
export function makeIsPorted({ registries }: ScrubSnapshot) {
  const ofPorts = registries.filter(({ listings }) => listings?.arePorts);
  return (digits: number): boolean => ofPorts.some(({ numbers }) => hasNumber(numbers, digits));
}
