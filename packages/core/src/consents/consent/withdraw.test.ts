import { expect, it } from "vitest";
import { ConsentId, SellerId } from "../../platform/ids.ts";
import type { ConsentEvent } from "./consent.ts";
import { planWithdrawal } from "./withdraw.ts";

const uuid = "01890000-0000-7000-8000-00000000000a";
const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const now = day(20);

/** Given on the 10th, for loans and cards, to be called by an agent. */
const event = (more: Partial<ConsentEvent> = {}): ConsentEvent => ({
  consentId: ConsentId.parse(uuid),
  sellerId: SellerId.parse(uuid),
  type: "granted",
  purposes: ["marketing.cards", "marketing.loans"],
  channels: ["voice_live"],
  elements: [],
  isWritten: true,
  isProven: false,
  isImported: false,
  at: day(10),
  validUntil: null,
  recordedAt: day(10),
  ...more,
});
const withdrawn = (at: Date, purposes = ["marketing.cards", "marketing.loans"]) =>
  event({ type: "withdrawn", at, purposes });

it("withdraws the whole consent, from now on", () => {
  expect(planWithdrawal([event()], {}, now)).toEqual({
    outcome: "withdraw",
    withdrawal: {
      purposes: ["marketing.cards", "marketing.loans"],
      channels: ["voice_live"],
      at: now,
    },
    notes: [],
  });
});

it("withdraws what is named, or a part of it", () => {
  const purposes = ["marketing.loans.cars"];
  expect(planWithdrawal([event()], { purposes, at: day(15) }, now)).toMatchObject({
    withdrawal: { purposes, at: day(15) },
  });
});

it.each([
  [day(1), day(10)],
  [day(25), now],
])("moves %s to the nearest possible time", (at, expected) => {
  expect(planWithdrawal([event()], { at }, now)).toMatchObject({ withdrawal: { at: expected } });
});

it("counts from when the consent was given, if it is dated between its request and that", () => {
  const events = [event({ type: "requested", at: day(8) }), event()];
  for (const at of [day(7), day(9)])
    expect(planWithdrawal(events, { at }, now)).toMatchObject({ withdrawal: { at: day(10) } });
  const unanswered = [event({ type: "requested", at: day(8) })];
  expect(planWithdrawal(unanswered, { at: day(9) }, now)).toMatchObject({
    withdrawal: { at: day(9) },
  });
});

it("does nothing if the same withdrawal from before a renewal comes again", () => {
  const renewed = [event(), event({ type: "renewed", at: day(15) })];
  const planned = planWithdrawal(renewed, { at: day(12) }, now);
  expect(planned).toMatchObject({ withdrawal: { at: day(12) } });
  expect(planWithdrawal([...renewed, withdrawn(day(12))], { at: day(12) }, now)).toEqual({
    outcome: "already-withdrawn",
    notes: [],
  });
});

it("does nothing the second time", () => {
  const events = [event(), withdrawn(day(12))];
  expect(planWithdrawal(events, {}, now)).toEqual({ outcome: "already-withdrawn", notes: [] });
});

it("withdraws the rest after a part, and what was given again", () => {
  const part = [event(), withdrawn(day(12), ["marketing.loans"])];
  expect(planWithdrawal(part, {}, now)).toMatchObject({ outcome: "withdraw" });
  const again = [event(), withdrawn(day(12)), event({ type: "renewed", at: day(13) })];
  expect(planWithdrawal(again, {}, now)).toMatchObject({ outcome: "withdraw" });
});

it("withdraws the whole consent if a purpose is named that it does not cover, and says so", () => {
  for (const purposes of [["survey"], ["marketing"], ["marketing.loans", "survey"]]) {
    expect(planWithdrawal([event()], { purposes }, now)).toMatchObject({
      withdrawal: { purposes: ["marketing.cards", "marketing.loans"] },
      notes: [{ values: { purpose: purposes.at(-1), known: "marketing.cards, marketing.loans" } }],
    });
  }
});

it("withdraws once a consent without purposes, such as one to data processing", () => {
  const given = event({ purposes: [], channels: [] });
  expect(planWithdrawal([given], {}, now)).toMatchObject({
    outcome: "withdraw",
    withdrawal: { purposes: [], channels: [], at: now },
  });
  const back = event({ type: "withdrawn", purposes: [], channels: [], at: day(12) });
  expect(planWithdrawal([given, back], {}, now)).toMatchObject({ outcome: "already-withdrawn" });
});
