import { describe, expect, it } from "vitest";
import {
  aGrant,
  anOptOut,
  toConsentId,
  daysAfter as day,
  sellerA,
  sellerB,
} from "../../../testing/facts.ts";
import type { ConsentEvent } from "./consent.ts";
import {
  findConsentsAfterOptOuts,
  isHeldByOptOut,
  findBlockingOptOuts,
  findOptedOutSince,
  isAgainstOptOut,
} from "./consent-after-opt-out.ts";
import { determineStanding } from "./standing.ts";

describe("findBlockingOptOuts", () => {
  const question = {
    sellerId: sellerA,
    purpose: "marketing.loans",
    channel: "voice_live",
  } as const;

  const optOut = anOptOut(day(-5));

  const proven = aGrant({ isProven: true, at: day(-3) });

  const against = (...consents: ConsentEvent[]) => {
    const standing = determineStanding(consents, question, day(0));
    const grants = standing.status === "granted" ? standing.grants : [];
    return findBlockingOptOuts([optOut], question, grants);
  };

  it("holds if nobody consented since", () => {
    expect(against()).toEqual([optOut]);
  });

  it("is lifted by a later proven consent", () => {
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

  it("holds again once that consent is withdrawn or invalid", () => {
    expect(against(proven, aGrant({ type: "withdrawn", at: day(-1) }))).toEqual([optOut]);
    expect(against(proven, aGrant({ type: "invalidated", at: day(-1) }))).toEqual([optOut]);
  });

  it("holds a consent that came later, by its time or by its recording", () => {
    expect(isHeldByOptOut(aGrant({ at: day(-3) }), [optOut])).toBe(true);
    expect(isHeldByOptOut(aGrant({ at: day(-6), recordedAt: day(-3) }), [optOut])).toBe(true);
    expect(isHeldByOptOut(aGrant({ at: day(-6) }), [optOut])).toBe(false);
    expect(isHeldByOptOut(aGrant({ type: "withdrawn", at: day(-3) }), [optOut])).toBe(false);
  });
});

describe("findOptedOutSince", () => {
  const proven = aGrant({ isProven: true, at: day(-3) });

  const since = (events: readonly ConsentEvent[], optOuts = [anOptOut(day(-5))]) =>
    findOptedOutSince(events, optOuts, { sellerId: sellerA, at: day(0) });

  it("is the time at which the first opt-out in force was recorded", () => {
    expect(since([])).toEqual(day(-5));
    expect(since([], [anOptOut(day(-9), day(-2)), anOptOut(day(-5))])).toEqual(day(-5));
    expect(since([], [])).toBeNull();
  });

  it("counts opt-outs of this seller and of any purpose, but not those of profiling or of another seller", () => {
    const times = { at: day(-5), recordedAt: day(-5) };
    expect(since([], [{ scope: "purpose", purpose: "marketing.cards", ...times }])).toEqual(
      day(-5),
    );
    expect(since([], [{ scope: "seller", sellerId: sellerA, ...times }])).toEqual(day(-5));
    expect(since([], [{ scope: "seller", sellerId: sellerB, ...times }])).toBeNull();
    expect(since([], [{ scope: "profiling", ...times }])).toBeNull();
  });

  it("ends once a proven consent lifts the opt-out", () => {
    expect(since([proven])).toBeNull();
  });

  it.each<[string, ConsentEvent[]]>([
    ["is not proven", [{ ...proven, isProven: false }]],
    ["came before it", [{ ...proven, at: day(-6) }]],
    ["is to another seller", [{ ...proven, sellerId: sellerB }]],
    ["has ended", [{ ...proven, validUntil: day(-1) }]],
    ["was taken back", [proven, aGrant({ type: "withdrawn", at: day(-1) })]],
  ])("does not end by a consent that %s", (_, events) => {
    expect(since(events)).toEqual(day(-5));
  });

  it("does not end by a consent for another purpose than the one opted out of", () => {
    const times = { at: day(-5), recordedAt: day(-5) };
    const optOut = { scope: "purpose", purpose: "marketing.cards", ...times } as const;
    expect(since([{ ...proven, purposes: ["marketing.loans"] }], [optOut])).toEqual(day(-5));
    expect(since([{ ...proven, purposes: ["marketing"] }], [optOut])).toBeNull();
  });

  it("ends by one of two consents even if the other was withdrawn", () => {
    const other = { ...proven, consentId: toConsentId(2) };
    const back = aGrant({ type: "withdrawn", at: day(-1) });
    expect(since([proven, back, other])).toBeNull();
  });
});

describe("findConsentsAfterOptOuts", () => {
  const question = {
    sellerId: sellerA,
    purpose: "marketing.loans",
    channel: "voice_live",
  } as const;

  const proven = aGrant({ isProven: true, at: day(-3) });

  const now = { at: day(0), countsEnquiries: false };

  const told = (...events: ConsentEvent[]) =>
    findConsentsAfterOptOuts(events, [anOptOut(day(-5))], question, now).map(
      ({ grants, isLifted }) => [isLifted, ...grants.map(({ effect }) => effect)],
    );

  it.each<[string, Partial<ConsentEvent>, unknown[]]>([
    ["lifts it by an act of the person", {}, [true, "lifts"]],
    ["comes from a file", { isProven: false, isImported: true }, [false, "imported"]],
    ["was recorded by somebody else alone", { isProven: false }, [false, "unproven"]],
    ["came on record before it", { recordedAt: day(-6) }, [false, "early"]],
    ["has ended since", { validUntil: day(-1) }, [false, "ended"]],
  ])("lists a consent that %s", (_, spoilt, expected) => {
    expect(told({ ...proven, ...spoilt })).toEqual([expected]);
  });

  it("lists all consents, latest first", () => {
    const filed = aGrant({ isImported: true, at: day(-2) });
    expect(told(proven, filed)).toEqual([[true, "imported", "lifts"]]);
    expect(told(proven, aGrant({ type: "withdrawn", at: day(-1) }))).toEqual([[false, "ended"]]);
  });

  it("lists an enquiry only where the law counts it as a consent", () => {
    const enquiry = aGrant({ at: day(-3), elements: ["enquiry"] });
    expect(told(enquiry)).toEqual([]);
    const inIndia = { at: day(0), countsEnquiries: true };
    expect(
      findConsentsAfterOptOuts([enquiry], [anOptOut(day(-5))], question, inIndia),
    ).toMatchObject([{ isLifted: false, grants: [{ effect: "unproven" }] }]);
  });

  it("leaves out what was not opted out of, or not consented to again", () => {
    expect(told()).toEqual([]);
    expect(told(aGrant({ at: day(-9) }))).toEqual([]);
    // Put on record later than the refusal, as an import does: the person did not agree again.
    expect(told({ ...proven, at: day(-6), recordedAt: day(-3) })).toEqual([]);
    expect(told({ ...proven, at: day(-5), recordedAt: day(-3) })).toEqual([]);
    expect(told({ ...proven, sellerId: sellerB })).toEqual([]);
    expect(findConsentsAfterOptOuts([proven], [], question, now)).toEqual([]);
  });
});

describe("isAgainstOptOut", () => {
  const loans = {
    sellerId: sellerA,
    purposes: ["marketing.loans"],
    channels: ["voice_live"],
  } as const;
  const optOut = anOptOut(day(-5));
  const fromLoans = { ...optOut, scope: "purpose", purpose: "marketing.loans" } as const;

  it("is true for an opt-out that nothing lifts", () => {
    expect(isAgainstOptOut([], [optOut], loans, day(0))).toBe(true);
    expect(isAgainstOptOut([], [fromLoans], loans, day(0))).toBe(true);
    const fromSeller = { ...optOut, scope: "seller", sellerId: sellerA } as const;
    expect(isAgainstOptOut([], [fromSeller], loans, day(0))).toBe(true);
  });

  it("is true for an opt-out from something below what the person agrees to", () => {
    const marketing = { ...loans, purposes: ["marketing"] } as const;
    expect(isAgainstOptOut([], [fromLoans], marketing, day(0))).toBe(true);
  });

  it("is true for the part of an opt-out that an earlier consent does not lift", () => {
    const lifted = aGrant({ isProven: true, at: day(-3), purposes: ["marketing.loans"] });
    expect(isAgainstOptOut([lifted], [optOut], loans, day(0))).toBe(false);
    const cards = { ...loans, purposes: ["marketing.cards"] } as const;
    expect(isAgainstOptOut([lifted], [optOut], cards, day(0))).toBe(true);
    const texts = { ...loans, channels: ["sms"] } as const;
    expect(isAgainstOptOut([lifted], [optOut], texts, day(0))).toBe(true);
  });

  it("is false for what concerns another seller, another purpose, profiling or no call", () => {
    const elsewhere = [
      { ...optOut, scope: "seller", sellerId: sellerB } as const,
      { ...optOut, scope: "purpose", purpose: "survey" } as const,
      { ...optOut, scope: "profiling" } as const,
    ];
    expect(isAgainstOptOut([], elsewhere, loans, day(0))).toBe(false);
    expect(isAgainstOptOut([], [optOut], { ...loans, purposes: [], channels: [] }, day(0))).toBe(
      false,
    );
  });
});
