import { expect, it } from "vitest";
import { aGrant, anOptOut, daysAfter as day, sellerA, sellerB } from "../../../testing/facts.ts";
import { agreedAgain } from "./agreed-again.ts";
import type { ConsentEvent } from "./consent.ts";

const question = { sellerId: sellerA, purpose: "marketing.loans", channel: "voice_live" } as const;
const proven = aGrant({ isProven: true, at: day(-3) });
const told = (...events: ConsentEvent[]) =>
  agreedAgain(events, [anOptOut(day(-5))], question, day(0)).map(({ grants, isLifted }) => [
    isLifted,
    ...grants.map(({ effect }) => effect),
  ]);

it.each<[string, Partial<ConsentEvent>, unknown[]]>([
  ["lifts it by an act of the person", {}, [true, "lifts"]],
  ["comes from a file", { isProven: false, isImported: true }, [false, "imported"]],
  ["was recorded by somebody else alone", { isProven: false }, [false, "unproven"]],
  ["came on record before it", { recordedAt: day(-6) }, [false, "early"]],
  ["has ended since", { validUntil: day(-1) }, [false, "ended"]],
])("tells of a consent that %s", (_, spoilt, expected) => {
  expect(told({ ...proven, ...spoilt })).toEqual([expected]);
});

it("tells of all that came, the latest first", () => {
  const filed = aGrant({ isImported: true, at: day(-2) });
  expect(told(proven, filed)).toEqual([[true, "imported", "lifts"]]);
  expect(told(proven, aGrant({ type: "withdrawn", at: day(-1) }))).toEqual([[false, "ended"]]);
});

it("says nothing of what was not refused, or not agreed to again", () => {
  expect(told()).toEqual([]);
  expect(told(aGrant({ at: day(-9) }))).toEqual([]);
  // Put on record later than the refusal, as an import does: the person did not agree again.
  expect(told({ ...proven, at: day(-6), recordedAt: day(-3) })).toEqual([]);
  expect(told({ ...proven, at: day(-5), recordedAt: day(-3) })).toEqual([]);
  expect(told({ ...proven, sellerId: sellerB })).toEqual([]);
  expect(agreedAgain([proven], [], question, day(0))).toEqual([]);
});
