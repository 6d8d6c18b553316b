import { describe, expect, it } from "vitest";
import { aGrant, toConsentId, daysAfter as day, sellerA, sellerB } from "../../../testing/facts.ts";
import type { ConsentEvent } from "./consent.ts";
import { type ConsentQuestion, determineStanding } from "./standing.ts";

const granted = (at: Date, more: Partial<ConsentEvent> = {}) => aGrant({ at, ...more });
const withdrawn = (at: Date, more: Partial<ConsentEvent> = {}) =>
  granted(at, { type: "withdrawn", ...more });
const second = toConsentId(2);

const question: ConsentQuestion = {
  sellerId: sellerA,
  purpose: "marketing",
  channel: "voice_live",
};
const findStatus = (events: ConsentEvent[], at: Date, asked: Partial<ConsentQuestion> = {}) =>
  determineStanding(events, { ...question, ...asked }, at).status;

describe("determineStanding", () => {
  it("is none before the first event", () => {
    expect(determineStanding([granted(day(5))], question, day(4))).toEqual({ status: "none" });
  });

  it("is granted from the moment of the grant", () => {
    const grant = granted(day(5));
    expect(determineStanding([grant], question, day(5))).toEqual({
      status: "granted",
      since: day(5),
      until: null,
      grants: [grant],
    });
  });

  it("is expired from the moment the latest grant ends", () => {
    const events = [granted(day(1)), granted(day(2), { validUntil: day(10) })];
    expect(findStatus(events, day(9))).toBe("granted");
    expect(determineStanding(events, question, day(10))).toEqual({
      status: "expired",
      since: day(10),
    });
  });

  it("can be granted again after a withdrawal, which ends all earlier grants", () => {
    const anew = granted(day(3));
    const events = [granted(day(1)), withdrawn(day(2)), anew];
    expect(determineStanding(events, question, day(4))).toMatchObject({ grants: [anew] });
  });

  it.each(["withdrawn", "refused"] as const)("prefers what was %s at the same instant", (no) => {
    expect(findStatus([withdrawn(day(1), { type: no }), granted(day(1))], day(1))).toBe(no);
  });

  it("prefers the imported one of two that differ in nothing else", () => {
    const [own, old] = [granted(day(1)), granted(day(1), { isImported: true })];
    for (const events of [
      [own, old],
      [old, own],
    ])
      expect(determineStanding(events, question, day(1))).toMatchObject({ grants: [old, own] });
  });

  it.each([
    ["marketing", "granted"],
    ["marketing.cards", "granted"],
    ["marketing.loans", "withdrawn"],
    ["marketing.loans.cars", "withdrawn"],
    ["survey", "none"],
  ])("after a withdrawal of marketing.loans alone, %s is %s", (purpose, status) => {
    const events = [granted(day(1)), withdrawn(day(2), { purposes: ["marketing.loans"] })];
    expect(findStatus(events, day(3), { purpose })).toBe(status);
  });

  it("applies to one seller and the given channels", () => {
    expect(findStatus([granted(day(1))], day(1), { sellerId: sellerB })).toBe("none");
    expect(findStatus([granted(day(1))], day(1), { channel: "voice_ai" })).toBe("none");
  });

  it("is requested only for a person who said nothing", () => {
    const requested = granted(day(2), { type: "requested", consentId: second });
    expect(determineStanding([requested], question, day(2))).toEqual({
      status: "requested",
      since: day(2),
    });
    expect(findStatus([granted(day(1)), requested], day(2))).toBe("granted");
    expect(findStatus([withdrawn(day(1)), requested], day(2))).toBe("withdrawn");
  });

  it("is invalidated if the only consent was, from when that was found", () => {
    const found = granted(day(5), { type: "invalidated", purposes: ["survey"] });
    expect(findStatus([granted(day(1)), found], day(4))).toBe("granted");
    expect(determineStanding([granted(day(1)), found], question, day(5))).toEqual({
      status: "invalidated",
      since: day(5),
    });
  });

  it("counts an invalidated consent, and no other, as never given", () => {
    const found = granted(day(5), { type: "invalidated" });
    const other = granted(day(2), { consentId: second });
    expect(findStatus([granted(day(1)), other, found], day(6))).toBe("granted");
    expect(findStatus([withdrawn(day(1)), granted(day(2)), found], day(6))).toBe("withdrawn");
  });
});
