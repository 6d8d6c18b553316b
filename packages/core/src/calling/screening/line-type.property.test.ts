import fc from "fast-check";
import { expect, it } from "vitest";
import { aReassignedAnswer, anEdition, someFacts } from "../../../testing/arbitraries.ts";
import { hoursAfter } from "../../../testing/facts.ts";
import type { ScreeningFacts } from "./facts.ts";
import { screen } from "./screen.ts";

const manyRuns = { numRuns: 1_000 };

const allows = (facts: ScreeningFacts) => screen(facts).verdict === "allow";

it("never allows a refused call because of one more answer that the number was reassigned", () => {
  fc.assert(
    fc.property(someFacts, aReassignedAnswer, (facts, more) => {
      const gone = { ...more, answer: "yes" as const };
      const reassigned = [...facts.reassigned, gone];
      expect(allows({ ...facts, reassigned }) && !allows(facts)).toBe(false);
      // Nor does one that came later and knows nothing undo it.
      const unknown = {
        ...more,
        answer: "no_data" as const,
        at: hoursAfter(1, more.at),
      };
      const both = { ...facts, reassigned: [...reassigned, unknown] };
      expect(allows(both) && !allows({ ...facts, reassigned })).toBe(false);
    }),
    manyRuns,
  );
});

it("never allows a refused call because the number was ported to wireless service", () => {
  const ofNewJersey = someFacts.map((facts) => ({ ...facts, jurisdictions: ["US-NJ" as const] }));
  fc.assert(
    fc.property(ofNewJersey, anEdition, (facts, edition) => {
      const ported = (listsPhone: boolean): ScreeningFacts => ({
        ...facts,
        registries: [
          ...facts.registries.filter(({ registry }) => registry !== "US-PORTED"),
          { registry: "US-PORTED", maxAgeDays: 15, edition: { ...edition, listsPhone } },
        ],
      });
      const isInGrace = edition.listedSince !== null && edition.listedSince > edition.verifiedAt;
      expect(!isInGrace && allows(ported(true)) && !allows(ported(false))).toBe(false);
    }),
    manyRuns,
  );
});
