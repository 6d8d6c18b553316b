import fc from "fast-check";
import { expect, it } from "vitest";
import { aConsentEvent, aRefusal } from "../../../testing/arbitraries.ts";
import { daysAfter as day, sellerA } from "../../../testing/facts.ts";
import { findConsentsAfterOptOuts, findBlockingOptOuts } from "./consent-after-opt-out.ts";
import { determineStanding } from "./standing.ts";

const question = { sellerId: sellerA, purpose: "marketing.loans", channel: "voice_live" } as const;

it("calls an opt-out lifted exactly where a screening does, and by a consent that it names", () => {
  const events = fc.array(aConsentEvent, { maxLength: 5 });
  const optOuts = fc.array(aRefusal, { maxLength: 3 });
  fc.assert(
    fc.property(events, optOuts, (events, optOuts) => {
      const standing = determineStanding(events, question, day(0));
      const grants = standing.status === "granted" ? standing.grants : [];
      const against = findBlockingOptOuts(optOuts, question, grants);
      for (const { optOut, isLifted, grants } of findConsentsAfterOptOuts(
        events,
        optOuts,
        question,
        { at: day(0), countsEnquiries: true },
      )) {
        expect(isLifted).toBe(!against.includes(optOut));
        expect(grants.some(({ effect }) => effect === "lifts")).toBe(isLifted);
      }
    }),
    { numRuns: 2_000 },
  );
});
