import { describe, expect, it } from "vitest";
import {
  aGrant,
  aRegistry,
  anOptOut,
  clearFacts,
  daysAfter as day,
  hoursAfter as hour,
  listing,
  ownList,
  sellerB,
} from "../../../testing/facts.ts";
import { listReasons, screened, listWarnings } from "../../../testing/verdicts.ts";
import type { ConsentEvent } from "../../consents/consent/index.ts";
import type { ScreeningFacts } from "./facts.ts";

describe("screen", () => {
  type Spoilt = Partial<ScreeningFacts>;

  const { at } = clearFacts;

  const consents = (...events: Partial<ConsentEvent>[]): Spoilt => ({
    consents: events.map(aGrant),
  });

  const suppressed = (from: Date, until: Date | null): Spoilt => ({
    suppressions: [{ reason: "litigator", at: from, until }],
  });

  const gone = { answer: "yes" as const, consentDate: day(-30), askedAt: at, at };

  const ours = (list: Parameters<typeof ownList>[0]): Spoilt => ({
    registries: [aRegistry(), ownList(list)],
  });

  it("allows a call without objections", () => {
    expect(screened({})).toEqual({
      verdict: "allow",
      refusals: [],
      warnings: [],
      callableFrom: null,
    });
  });

  it.each<[string, string, Spoilt]>([
    ["opted-out", "of everything", { optOuts: [anOptOut()] }],
    ["opted-out", "at a time that is yet to come", { optOuts: [anOptOut(day(1))] }],
    ["suppressed", "from now on", suppressed(at, null)],
    ["consent-missing", "nobody agreed", { consents: [] }],
    ["consent-missing", "it comes later", consents({ at: hour(1) })],
    ["consent-missing", "only requested", consents({ type: "requested" })],
    ["consent-missing", "refused when asked", consents({ type: "refused" })],
    ["consent-expired", "it ends now", consents({ validUntil: at })],
    ["consent-withdrawn", "it was taken back", consents({}, { type: "withdrawn", at })],
    ["consent-insufficient", "another seller's", consents({ sellerId: sellerB })],
    ["consent-insufficient", "for another purpose", consents({ purposes: ["survey"] })],
    ["consent-insufficient", "for another channel", consents({ channels: ["sms"] })],
    ["consent-insufficient", "found void", consents({}, { type: "invalidated", at })],
    ["number-reassigned", "since", { reassigned: [gone] }],
    ["registry-listed", "on a list of ours", ours({ edition: listing })],
    ["registry-unchecked", "never read", ours({ edition: null })],
    ["registry-unchecked", "read too long ago", ours({ maxAgeDays: 0.5 })],
    ["outside-calling-hours", "one of two zones", { zones: ["America/Chicago", "Asia/Tokyo"] }],
    ["zone-unknown", "nowhere", { zones: [] }],
    ["jurisdiction-unknown", "nowhere", { jurisdictions: [] }],
    ["jurisdiction-unknown", "no rules for one of two", { jurisdictions: ["US", "KZ"] }],
  ])("refuses: %s (%s)", (reason, _, spoilt) => {
    expect(listReasons(spoilt)).toEqual([reason]);
  });

  it.each<[string, Spoilt]>([
    ["a refusal of profiling", { optOuts: [{ ...anOptOut(), scope: "profiling" }] }],
    ["a suppression that ends now", suppressed(day(-1), at)],
    ["a suppression that is yet to come", suppressed(hour(1), null)],
    ["calls where no law sets a cap", { calls: [hour(-1), hour(-2), hour(-3), hour(-4)] }],
    ["an answer that the number is still theirs", { reassigned: [{ ...gone, answer: "no" }] }],
  ])("does not mind %s", (_, harmless) => {
    expect(screened(harmless)).toMatchObject({ refusals: [], warnings: [] });
  });

  it("returns every reason, in order", () => {
    const spoilt: Spoilt = {
      optOuts: [anOptOut()],
      ...suppressed(day(-1), null),
      consents: [],
      reassigned: [gone],
      registries: [aRegistry({ edition: null }), ownList({ edition: listing })],
      jurisdictions: ["US-FL", "US-MA"],
      dialer: "prerecorded",
      calls: [hour(-1), hour(-2), hour(-3)],
      zones: [],
    };
    expect(listReasons(spoilt)).toEqual([
      "opted-out",
      "suppressed",
      "consent-missing",
      "number-reassigned",
      "registry-listed",
      "registry-unchecked",
      "registry-unchecked",
      "registry-unchecked",
      "dialer-not-allowed",
      "frequency-cap",
      "zone-unknown",
    ]);
  });

  it("reports two opt-outs once, since the first", () => {
    const ofLoans = { ...anOptOut(), scope: "purpose" as const, purpose: "marketing" };
    const optOuts = [anOptOut(day(-1)), anOptOut(day(-3)), ofLoans];
    expect(screened({ optOuts }).refusals).toMatchObject([
      { reason: "opted-out", since: day(-3) },
      { reason: "opted-out", since: ofLoans.at },
    ]);
  });

  it("judges a what-if by the facts of then: a later opt-out is a warning", () => {
    const since = { optOuts: [anOptOut(hour(1))] };
    expect(listReasons({ ...since, isWhatIf: true })).toEqual([]);
    expect(listWarnings({ ...since, isWhatIf: true })).toEqual(["opted-out"]);
    expect(listReasons(since)).toEqual(["opted-out"]);
  });

  it("counts an opt-out in a what-if that was made or recorded by then", () => {
    for (const optOut of [anOptOut(hour(-1), hour(1)), anOptOut(hour(1), hour(-1))]) {
      expect(listReasons({ optOuts: [optOut], isWhatIf: true })).toEqual(["opted-out"]);
    }
  });

  it("lets only a proven, later consent lift an opt-out", () => {
    const optOuts = [anOptOut(day(-3))];
    const later = { at: day(-2) };
    expect(listReasons({ optOuts, ...consents({}, { ...later, isProven: true }) })).toEqual([]);
    expect(listReasons({ optOuts, ...consents({}, later) })).toEqual(["opted-out"]);
  });

  it("ignores a consent that an opt-out holds", () => {
    expect(listReasons({ optOuts: [anOptOut(day(-3))], ...consents({ at: day(-2) }) })).toEqual([
      "opted-out",
      "consent-missing",
    ]);
  });
});

describe("callable from", () => {
  const from = (spoilt: Partial<ScreeningFacts>) => screened(spoilt).callableFrom;

  const suppressed = (until: Date | null) => ({
    suppressions: [{ reason: "complaint_under_review" as const, at: day(-1), until }],
  });

  // 10:00 in Chicago; federal hours are 8:00 to 21:00, every day.
  const evening = { at: hour(12) };

  it("is null if the call may be placed now", () => {
    expect(from({})).toBeNull();
  });

  it("is the hour at which all zones are open for calls", () => {
    expect(from(evening)).toEqual(hour(22));
    expect(from({ ...evening, zones: ["America/Chicago", "America/Los_Angeles"] })).toEqual(
      hour(24),
    );
  });

  it("is the end of a suppression, or the opening after it", () => {
    expect(from(suppressed(hour(2)))).toEqual(hour(2));
    expect(from(suppressed(hour(12)))).toEqual(hour(22));
  });

  it("is when the cap allows the next call", () => {
    const florida = { jurisdictions: ["US-FL"], states: ["FL"] };
    expect(from({ ...florida, calls: [hour(-1), hour(-2), hour(-20)] })).toEqual(hour(4));
  });

  it.each<[string, Partial<ScreeningFacts>]>([
    ["a refusal", { optOuts: [anOptOut()] }],
    ["a suppression without end", suppressed(null)],
    ["missing consent", { consents: [] }],
    ["an unread registry", { registries: [aRegistry(), ownList({ edition: null })] }],
    ["an unknown zone", { zones: [], ...suppressed(hour(1)) }],
    ["consent that ends meanwhile", { consents: [aGrant({ validUntil: hour(20) })] }],
    [
      "an edition that grows too old meanwhile",
      { registries: [aRegistry(), ownList({ maxAgeDays: 1.5 })] },
    ],
  ])("is null with %s, which no waiting ends", (_, spoilt) => {
    expect(from({ ...evening, ...spoilt })).toBeNull();
  });

  it("waits only for known times, in a what-if too", () => {
    const later = { consents: [aGrant(), aGrant({ type: "withdrawn", at: hour(20) })] };
    expect(from({ ...evening, ...later, isWhatIf: true })).toEqual(hour(22));
    expect(from({ ...evening, optOuts: [anOptOut(hour(20))], isWhatIf: true })).toEqual(hour(22));
    expect(clearFacts.isWhatIf).toBe(false);
  });
});
