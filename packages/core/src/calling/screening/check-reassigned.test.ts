import { describe, expect, it } from "vitest";
import {
  aGrant,
  clearFacts,
  daysAfter as day,
  hoursAfter as hour,
} from "../../../testing/facts.ts";
import { screened } from "../../../testing/verdicts.ts";
import type { ScreeningFacts } from "./facts.ts";
import type { Reason } from "./reason.ts";
import type { ReassignedAnswer } from "./reassigned.ts";

const { at } = clearFacts;
/** An answer of yesterday to a question of the day before, about the time since the consent. */
const an = (
  answer: ReassignedAnswer["answer"],
  more: Partial<ReassignedAnswer> = {},
): ReassignedAnswer => ({ answer, consentDate: day(-30), askedAt: day(-2), at: day(-1), ...more });
const answered = (...reassigned: ReassignedAnswer[]) => ({ reassigned });

const agreed = (when: Date, more = {}) =>
  aGrant({ channels: ["voice_live", "voice_autodialed"], at: when, ...more });
const isAbout = ({ reason }: Reason) => reason === "number-reassigned";
/** Counts refusals and warnings about reassignment, for an automatic call with consent of thirty days ago. */
const told = (spoilt: Partial<ScreeningFacts>) => {
  const { refusals, warnings } = screened({
    dialer: "predictive",
    consents: [agreed(day(-30))],
    ...spoilt,
  });
  return [refusals.filter(isAbout).length, warnings.filter(isAbout).length];
};
const [refused, warned, nothing] = [
  [1, 0],
  [0, 1],
  [0, 0],
];

it("refuses a number that was reassigned", () => {
  expect(told(answered(an("yes")))).toEqual(refused);
  expect(told({ ...answered(an("yes")), dialer: "live_agent" })).toEqual(refused);
  expect(told({ ...answered(an("yes")), consents: [] })).toEqual(refused);
});

it("accepts only a later consent from the new owner", () => {
  const later = agreed(hour(-1));
  expect(told({ ...answered(an("yes")), consents: [agreed(day(-1))] })).toEqual(refused);
  expect(told({ ...answered(an("yes")), consents: [later] })).toEqual(warned);
});

it("ignores the previous owner's consent once the new owner gave one", () => {
  const spoken = { ...agreed(hour(-1)), isWritten: false };
  const { refusals } = screened({
    dialer: "predictive",
    ...answered(an("yes")),
    consents: [agreed(day(-30)), spoken],
  });
  expect(refusals[0]).toMatchObject({ reason: "consent-insufficient" });
  expect(refusals[0]?.missing).toContain("written_form");
});

it("accepts an answer that the number was given up before the last consent", () => {
  const before = an("yes", { at: day(-20), askedAt: day(-21) });
  const since = an("no", { consentDate: day(-10) });
  expect(told({ ...answered(before, since), consents: [agreed(day(-10))] })).toEqual(nothing);
  expect(told({ ...answered(before, since), consents: [agreed(day(-25))] })).toEqual(refused);
});

it("accepts the latest answer if it covers the time since the consent", () => {
  expect(told(answered(an("no")))).toEqual(nothing);
  const older = an("no", { consentDate: day(-40), at: day(-3), askedAt: day(-4) });
  expect(told(answered(older, an("no_data")))).toEqual(warned);
});

it.each<[string, Partial<ReassignedAnswer>]>([
  ["knows nothing", { answer: "no_data" }],
  ["is about a later time", { consentDate: day(-29) }],
  ["is yet to come", { at: new Date(at.getTime() + 1) }],
  ["is of a version that is no more the latest", { askedAt: day(-32) }],
])("does what the rule says when the answer %s", (_, spoilt) => {
  expect(told(answered(an("no", spoilt)))).toEqual(warned);
});

describe("a call to Maine that rests on no consent", () => {
  const findings = (...reassigned: ReassignedAnswer[]) =>
    told({
      jurisdictions: ["US-ME"],
      dialer: "live_agent",
      seller: { ...clearFacts.seller, consentPolicy: "opt_out_with_registry" },
      consents: [],
      reassigned,
    });

  it("needs a recent answer that the number was not given up since the last contact", () => {
    expect(findings()).toEqual(refused);
    expect(findings(an("no"))).toEqual(nothing);
    expect(findings(an("no", { consentDate: day(-1) }))).toEqual(nothing);
  });

  it("is refused by any other answer", () => {
    expect(findings(an("yes"))).toEqual(refused);
    expect(findings(an("no_data"))).toEqual(refused);
    expect(findings(an("no", { askedAt: day(-32) }))).toEqual(refused);
    expect(findings(an("no", { at: hour(1) }))).toEqual(refused);
    expect(findings(an("no", { at: day(-3) }), an("no_data"))).toEqual(refused);
  });

  it("stays refused after the number was given up, whatever a later answer says", () => {
    const since = an("no", { consentDate: day(-3) });
    expect(findings(an("yes", { at: day(-4) }), since)).toEqual(refused);
  });
});

it("requires no answer for a call dialed by hand, and one for all others", () => {
  expect(told({ reassigned: [], dialer: "live_agent" })).toEqual(nothing);
  expect(told({ reassigned: [] })).toEqual(warned);
});
