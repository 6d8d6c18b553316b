import fc from "fast-check";
import { expect, it } from "vitest";
import { chooseBestOffer, isBelowThreshold, type OfferForPerson } from "./best-offer.ts";

const chance = fc.constantFrom(0, 0.1, 0.2, 0.3);
const offersWithChances = (chances: fc.Arbitrary<number | null>): fc.Arbitrary<OfferForPerson[]> =>
  fc
    .array(
      fc.record({
        chance: chances,
        priority: fc.integer({ min: 1, max: 3 }),
        threshold: fc.option(chance),
      }),
      { maxLength: 5 },
    )
    .map((offers) => offers.map((offer, index) => ({ ...offer, id: `o${index}` })));

it("holds nothing back while one offer is above its threshold, and chooses the best of those", () => {
  fc.assert(
    fc.property(offersWithChances(chance), (offers) => {
      const best = chooseBestOffer(offers);
      const free = offers.filter((offer) => isBelowThreshold(offer) !== true);
      expect(best === null).toBe(offers.length === 0);
      expect(best?.isBelow === true).toBe(offers.length > 0 && free.length === 0);
      const rivals = free.length > 0 ? free : offers;
      for (const { chance } of rivals) {
        expect(best?.offer.chance).toBeGreaterThanOrEqual(chance ?? 0);
      }
      for (const { priority } of rivals.filter(({ chance }) => chance === best?.offer.chance)) {
        expect(best?.offer.priority).toBeGreaterThanOrEqual(priority);
      }
    }),
  );
});

it("gives people without a score the offer with the highest priority, never held back", () => {
  fc.assert(
    fc.property(offersWithChances(fc.constant(null)), (offers) => {
      const best = chooseBestOffer(offers);
      expect(best?.isBelow ?? null).toBeNull();
      const greatest = offers.toSorted((a, b) => b.priority - a.priority)[0]?.priority;
      expect(best?.offer.priority).toBe(greatest);
    }),
  );
});

it("chooses the same offer in any order", () => {
  fc.assert(
    fc.property(offersWithChances(fc.option(chance)), (offers) => {
      expect(chooseBestOffer(offers.toReversed())).toEqual(chooseBestOffer(offers));
    }),
  );
});
