import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aConsentEvent, aQuestion, aShortInstant } from "../../../testing/arbitraries.ts";
import { coversQuestion, isGrant, determineStanding } from "./standing.ts";

const manyRuns = { numRuns: 1_000 };

const aHistory = fc.array(aConsentEvent, { maxLength: 8 });

const aHistoryAndOneMore = fc.tuple(aHistory, aConsentEvent, aQuestion, aShortInstant);

const shuffled = aHistory.chain((events) =>
  fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
);

describe("determineStanding", () => {
  it("does not depend on the order in which events arrived", () => {
    fc.assert(
      fc.property(shuffled, aQuestion, aShortInstant, ([events, reordered], question, at) => {
        expect(determineStanding(reordered, question, at)).toEqual(
          determineStanding(events, question, at),
        );
      }),
      manyRuns,
    );
  });

  it("ignores events that are later or about something else", () => {
    fc.assert(
      fc.property(aHistoryAndOneMore, ([events, extra, question, at]) => {
        fc.pre(extra.at > at || (extra.type !== "invalidated" && !coversQuestion(extra, question)));
        expect(determineStanding([...events, extra], question, at)).toEqual(
          determineStanding(events, question, at),
        );
      }),
      manyRuns,
    );
  });

  it("is granted only by grants that cover the question and have not ended", () => {
    fc.assert(
      fc.property(aHistory, aQuestion, aShortInstant, (events, question, at) => {
        const standing = determineStanding(events, question, at);
        for (const grant of standing.status === "granted" ? standing.grants : []) {
          expect(isGrant(grant) && coversQuestion(grant, question)).toBe(true);
          expect(grant.at <= at && (grant.validUntil === null || grant.validUntil > at)).toBe(true);
        }
      }),
      manyRuns,
    );
  });

  it("is not granted if there is a refusal at that instant, or all grants were invalidated", () => {
    fc.assert(
      fc.property(aHistoryAndOneMore, ([events, extra, question, at]) => {
        const no = { ...extra, type: "withdrawn" as const, at };
        fc.pre(coversQuestion(no, question));
        expect(determineStanding([...events, no], question, at).status).toBe("withdrawn");

        const found = events.map((event) => ({ ...event, type: "invalidated" as const, at }));
        expect(determineStanding([...events, ...found], question, at).status).not.toBe("granted");
      }),
      manyRuns,
    );
  });
});
