import { type OwnFacts, placeSaid, saidOf } from "./own-facts.ts";

/** Facts by what they are: those that say where a call goes are `place`. */
export type FactsByKind = Record<
  "place" | "said" | "listings" | "suppressions" | "calls" | "permits" | "ports" | "reassigned",
  number[]
>;

/** Puts facts where they belong: into the same lists each time, for it is asked of millions of phones. */
export function makeFactsByKind(own: OwnFacts) {
  const kinds: FactsByKind = {
    place: [],
    said: [],
    listings: [],
    suppressions: [],
    calls: [],
    permits: [],
    ports: [],
    reassigned: [],
  };
  const lists = Object.values(kinds);
  /** By the place of what a fact says. */
  const listOf: number[][] = [];

  return (facts: readonly number[]): FactsByKind => {
    // To set its length would leave a list without the memory that it fills again.
    for (const list of lists) while (list.length > 0) list.pop();
    for (const fact of facts) {
      const list = (listOf[placeSaid(own, fact)] ??= kinds[kindOf[saidOf(own, fact).kind]]);
      list.push(fact);
    }
    return kinds;
  };
}

const kindOf = {
  line: "place",
  contact: "place",
  consent: "said",
  "opt-out": "said",
  listing: "listings",
  suppression: "suppressions",
  call: "calls",
  permit: "permits",
  port: "ports",
  reassigned: "reassigned",
} as const;
