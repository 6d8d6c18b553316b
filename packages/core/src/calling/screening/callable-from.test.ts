import { expect, it } from "vitest";
import {
  aGrant,
  aRegistry,
  anOptOut,
  clearFacts,
  daysAfter as day,
  hoursAfter as hour,
  ownList,
} from "../../../testing/facts.ts";
import { screened } from "../../../testing/verdicts.ts";
import type { ScreeningFacts } from "./facts.ts";

const from = (spoilt: Partial<ScreeningFacts>) => screened(spoilt).callableFrom;
const suppressed = (until: Date | null) => ({
  suppressions: [{ reason: "complaint_under_review" as const, at: day(-1), until }],
});
// 10:00 in Chicago; federal hours are 8:00 to 21:00, every day.
const evening = { at: hour(12) };

it("is null when the call may be placed now", () => {
  expect(from({})).toBeNull();
});

it("is the hour at which all zones are open", () => {
  expect(from(evening)).toEqual(hour(22));
  expect(from({ ...evening, zones: ["America/Chicago", "America/Los_Angeles"] })).toEqual(hour(24));
});

it("is the end of a suppression, or the opening after it", () => {
  expect(from(suppressed(hour(2)))).toEqual(hour(2));
  expect(from(suppressed(hour(12)))).toEqual(hour(22));
});

it("is when a cap lets go", () => {
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

it("waits only for what is known now, in a what-if too", () => {
  const later = { consents: [aGrant(), aGrant({ type: "withdrawn", at: hour(20) })] };
  expect(from({ ...evening, ...later, isWhatIf: true })).toEqual(hour(22));
  expect(from({ ...evening, optOuts: [anOptOut(hour(20))], isWhatIf: true })).toEqual(hour(22));
  expect(clearFacts.isWhatIf).toBe(false);
});
