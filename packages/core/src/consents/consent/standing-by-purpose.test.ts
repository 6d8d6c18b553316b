import { expect, it } from "vitest";
import { aGrant, anOptOut, toConsentId, daysAfter as day } from "../../../testing/facts.ts";
import type { ConsentEvent } from "./consent.ts";
import { determineStandings } from "./standing-by-purpose.ts";
import type { OptOut } from "../../do-not-call/opt-out/index.ts";

const grant = aGrant({ at: day(-3), purposes: ["survey", "marketing"], validUntil: day(30) });
const now = { at: day(0), countsEnquiries: false };
const standings = (events: ConsentEvent[], optOuts: OptOut[] = []) =>
  determineStandings(grant.consentId, events, optOuts, now).map(({ purpose, status, since }) => [
    purpose,
    status,
    since,
  ]);

it("shows for each purpose since when and until when", () => {
  expect(determineStandings(grant.consentId, [grant], [], now)).toEqual([
    { purpose: "marketing", status: "granted", since: day(-3), until: day(30) },
    { purpose: "survey", status: "granted", since: day(-3), until: day(30) },
  ]);
});

it.each([
  ["requested", "requested"],
  ["refused", "withdrawn"],
] as const)("shows a consent that is only %s as %s", (type, status) => {
  expect(standings([{ ...grant, type, purposes: ["survey"] }])).toEqual([
    ["survey", status, day(-3)],
  ]);
});

it("is held after an opt-out, unless it is proven", () => {
  const refusal = anOptOut(day(-5));
  const held = aGrant({ at: day(-3) });
  expect(standings([held], [refusal])).toEqual([["marketing", "held", day(-3)]]);
  expect(standings([held, aGrant({ consentId: toConsentId(2) })], [refusal])).toEqual([
    ["marketing", "held", day(-3)],
  ]);
  expect(standings([{ ...held, isProven: true }], [refusal])).toEqual([
    ["marketing", "granted", day(-3)],
  ]);
});

it("is withdrawn by a later opt-out", () => {
  expect(standings([grant], [anOptOut(day(-1))])).toEqual([
    ["marketing", "withdrawn", day(-1)],
    ["survey", "withdrawn", day(-1)],
  ]);
});

it("shows purposes below its own separately if an event is about them", () => {
  const times = { at: day(-5), recordedAt: day(-5) };
  const ofLoans: OptOut = { scope: "purpose", purpose: "marketing.loans", ...times };
  const noCards = aGrant({ type: "withdrawn", purposes: ["marketing.cards"], at: day(-1) });
  expect(standings([aGrant({ at: day(-3) }), noCards], [ofLoans])).toEqual([
    ["marketing", "granted", day(-3)],
    ["marketing.cards", "withdrawn", day(-1)],
    ["marketing.loans", "held", day(-3)],
  ]);
});

it("shows the channel that permits least", () => {
  const both = aGrant({ at: day(-3), channels: ["sms", "voice_live"] });
  const noMessages = aGrant({ type: "withdrawn", channels: ["sms"], at: day(-1) });
  expect(standings([both, noMessages])).toEqual([["marketing", "withdrawn", day(-1)]]);
});

it("shows nothing for an unknown consent", () => {
  expect(determineStandings(toConsentId(9), [grant], [], now)).toEqual([]);
});

it("is insufficient if older records do not prove it, unless another valid consent does", () => {
  const old = aGrant({ at: day(-3), isImported: true, elements: ["text_version"] });
  expect(determineStandings(old.consentId, [old], [], now)).toEqual([
    {
      purpose: "marketing",
      status: "insufficient",
      since: day(-3),
      missing: ["affirmative_action"],
    },
  ]);
  const proven = { ...old, elements: ["affirmative_action", "text_version"] };
  expect(standings([proven])).toEqual([["marketing", "granted", day(-3)]]);
  const seen = aGrant({ at: day(-9), consentId: toConsentId(2) });
  expect(standings([old, seen])).toEqual([["marketing", "granted", day(-3)]]);
});

it("is insufficient if the person only enquired and the law does not count that as a consent", () => {
  const enquiry = aGrant({ at: day(-3), elements: ["enquiry"] });
  const standingWhere = (countsEnquiries: boolean, ...events: ConsentEvent[]) =>
    determineStandings(enquiry.consentId, [enquiry, ...events], [], {
      at: day(0),
      countsEnquiries,
    });
  expect(standingWhere(false)).toEqual([
    { purpose: "marketing", status: "insufficient", since: day(-3) },
  ]);
  expect(standingWhere(true)).toEqual([
    { purpose: "marketing", status: "granted", since: day(-3) },
  ]);
  const ended = aGrant({ consentId: toConsentId(2), at: day(-9), validUntil: day(-1) });
  expect(standingWhere(false, ended)).toEqual([
    { purpose: "marketing", status: "expired", since: day(-1) },
  ]);
});
