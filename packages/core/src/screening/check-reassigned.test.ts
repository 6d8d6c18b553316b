import { expect, it } from "vitest";
import { aGrant, clearFacts, daysAfter as day, hoursAfter as hour } from "../../testing/facts.ts";
import { screened } from "../../testing/verdicts.ts";
import type { ReassignedAnswer, ScreeningFacts } from "./facts.ts";
import type { Refusal } from "./reason.ts";

const { at } = clearFacts;
const answered = (answer: ReassignedAnswer["answer"], more: Partial<ReassignedAnswer> = {}) => ({
  reassigned: { answer, consentDate: day(-30), at: day(-1), ...more },
});
const isAbout = ({ reason }: Refusal) => reason === "number-reassigned";
/** Of a call by a machine, to one who agreed thirty days ago. */
const told = (spoilt: Partial<ScreeningFacts>) => {
  const consents = [aGrant({ channels: ["voice_autodialed"] })];
  const { refusals, warnings } = screened({ dialer: "predictive", consents, ...spoilt });
  return [refusals.filter(isAbout).length, warnings.filter(isAbout).length];
};
const [refused, warned, nothing] = [
  [1, 0],
  [0, 1],
  [0, 0],
];

it("refuses a number that was given to somebody else", () => {
  expect(told(answered("yes"))).toEqual(refused);
  expect(told({ ...answered("yes"), dialer: "live_agent" })).toEqual(refused);
});

it("lets only a consent that is later speak for the new owner", () => {
  const later = aGrant({ channels: ["voice_autodialed"], at: hour(-1) });
  expect(told({ ...answered("yes"), consents: [later] })).toEqual(nothing);
  expect(told({ ...answered("yes"), consents: [later, { ...later, at: day(-2) }] })).toEqual(
    refused,
  );
});

it("is content with an answer about the whole time since the consent", () => {
  expect(told(answered("no"))).toEqual(nothing);
});

it.each<[string, Partial<ScreeningFacts>]>([
  ["nobody asked", { reassigned: null }],
  ["the database does not know", answered("no_data")],
  ["the answer is about a later time", answered("no", { consentDate: day(-29) })],
  ["the answer is yet to come", answered("no", { at: new Date(at.getTime() + 1) })],
])("does what the rule says when %s", (_, spoilt) => {
  expect(told(spoilt)).toEqual(warned);
});

it("asks nothing about a call that a person dials", () => {
  expect(told({ reassigned: null, dialer: "live_agent" })).toEqual(nothing);
});
