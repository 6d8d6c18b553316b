import { type OwnFacts, saidOf } from "./own-facts.ts";

/** Facts by what they are: those that say where a call goes are `place`. */
export type FactsByKind = Record<
  "place" | "said" | "listings" | "suppressions" | "calls" | "ports" | "reassigned",
  number[]
>;

export function factsByKind(own: OwnFacts, facts: readonly number[]): FactsByKind {
  const kinds: FactsByKind = {
    place: [],
    said: [],
    listings: [],
    suppressions: [],
    calls: [],
    ports: [],
    reassigned: [],
  };
  for (const fact of facts) kinds[kindOf[saidOf(own, fact).kind]].push(fact);
  return kinds;
}

const kindOf = {
  line: "place",
  contact: "place",
  consent: "said",
  "opt-out": "said",
  listing: "listings",
  suppression: "suppressions",
  call: "calls",
  port: "ports",
  reassigned: "reassigned",
} as const;
