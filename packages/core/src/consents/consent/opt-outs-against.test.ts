import { expect, it } from "vitest";
import { aGrant, anOptOut, daysAfter as day, sellerA, sellerB } from "../../../testing/facts.ts";
import type { ConsentEvent } from "./consent.ts";
import { isHeld, optOutsAgainst } from "./opt-outs-against.ts";
import { standingAt } from "./standing.ts";

const question = { sellerId: sellerA, purpose: "marketing.loans", channel: "voice_live" } as const;
const optOut = anOptOut(day(-5));
const proven = aGrant({ isProven: true, at: day(-3) });
const against = (...consents: ConsentEvent[]) => {
  const standing = standingAt(consents, question, day(0));
  const grants = standing.status === "granted" ? standing.grants : [];
  return optOutsAgainst([optOut], question, grants);
};

it("stands when nobody agreed since", () => {
  expect(against()).toEqual([optOut]);
});

it("is lifted by a proven consent that came later", () => {
  expect(against(proven)).toEqual([]);
});

it.each<[string, Partial<ConsentEvent>]>([
  ["is not proven", { isProven: false }],
  ["was given before", { at: day(-6), recordedAt: day(-3) }],
  ["was given at the same instant", { at: day(-5), recordedAt: day(-3) }],
  ["was put on record before", { recordedAt: day(-6) }],
  ["is to another seller", { sellerId: sellerB }],
  ["is about something else", { purposes: ["marketing.cards"] }],
  ["is to messages alone", { channels: ["sms"] }],
  ["has ended", { validUntil: day(-1) }],
  ["lies ahead", { at: day(1) }],
])("is not lifted by a consent that %s", (_, spoilt) => {
  expect(against({ ...proven, ...spoilt })).toEqual([optOut]);
});

it("comes back when that consent is withdrawn or void", () => {
  expect(against(proven, aGrant({ type: "withdrawn", at: day(-1) }))).toEqual([optOut]);
  expect(against(proven, aGrant({ type: "invalidated", at: day(-1) }))).toEqual([optOut]);
});

it("holds a consent that came after it, by what it says or by when it came on record", () => {
  expect(isHeld(aGrant({ at: day(-3) }), [optOut])).toBe(true);
  expect(isHeld(aGrant({ at: day(-6), recordedAt: day(-3) }), [optOut])).toBe(true);
  expect(isHeld(aGrant({ at: day(-6) }), [optOut])).toBe(false);
  expect(isHeld(aGrant({ type: "withdrawn", at: day(-3) }), [optOut])).toBe(false);
});
