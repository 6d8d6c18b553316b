import { expect, it } from "vitest";
import {
  aGrant,
  anOptOut,
  consentOf,
  daysAfter as day,
  sellerA,
  sellerB,
} from "../../../testing/facts.ts";
import type { ConsentEvent } from "./consent.ts";
import { refusedSince } from "./refused-since.ts";

const proven = aGrant({ isProven: true, at: day(-3) });
const since = (events: readonly ConsentEvent[], optOuts = [anOptOut(day(-5))]) =>
  refusedSince(events, optOuts, { sellerId: sellerA, at: day(0) });

it("is when the first refusal in force came on record", () => {
  expect(since([])).toEqual(day(-5));
  expect(since([], [anOptOut(day(-9), day(-2)), anOptOut(day(-5))])).toEqual(day(-5));
  expect(since([], [])).toBeNull();
});

it("counts refusals of this seller and of any purpose, not those of profiling or of another seller", () => {
  const times = { at: day(-5), recordedAt: day(-5) };
  expect(since([], [{ scope: "purpose", purpose: "marketing.cards", ...times }])).toEqual(day(-5));
  expect(since([], [{ scope: "seller", sellerId: sellerA, ...times }])).toEqual(day(-5));
  expect(since([], [{ scope: "seller", sellerId: sellerB, ...times }])).toBeNull();
  expect(since([], [{ scope: "profiling", ...times }])).toBeNull();
});

it("is over once a proven consent lifts the refusal", () => {
  expect(since([proven])).toBeNull();
});

it.each<[string, ConsentEvent[]]>([
  ["is not proven", [{ ...proven, isProven: false }]],
  ["came before it", [{ ...proven, at: day(-6) }]],
  ["is to another seller", [{ ...proven, sellerId: sellerB }]],
  ["has ended", [{ ...proven, validUntil: day(-1) }]],
  ["was taken back", [proven, aGrant({ type: "withdrawn", at: day(-1) })]],
])("is not over by a consent that %s", (_, events) => {
  expect(since(events)).toEqual(day(-5));
});

it("is over by one of two consents, though the other was taken back", () => {
  const other = { ...proven, consentId: consentOf(2) };
  const back = aGrant({ type: "withdrawn", at: day(-1) });
  expect(since([proven, back, other])).toBeNull();
});
