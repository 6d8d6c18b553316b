import { ConsentId } from "@ringfence/core/ids";
import type { ReasonCode, ReasonResponse } from "@ringfence/core/calling/screening";
import { expect, it } from "vitest";
import { toGates } from "./to-gates";
import type { ScreeningAnswer } from "./gate";

const at = new Date("2026-11-25T14:47:02Z");
const nothing = {
  at,
  whatIf: false,
  jurisdictions: [],
  zones: [],
  editions: [],
  rules: "",
  ledgerSize: null,
};
const told = (reason: ReasonCode, more: Partial<ReasonResponse> = {}): ReasonResponse => ({
  reason,
  sentence: reason,
  ...more,
});
const allowed: ScreeningAnswer = {
  verdict: "allow",
  refusals: [],
  warnings: [],
  checked: {
    ...nothing,
    jurisdictions: ["US", "US-TX"],
    zones: ["America/Chicago"],
    consent: {
      id: ConsentId.parse("0195a000-0000-7000-8000-000000000001"),
      since: new Date("2026-05-12T18:04:27Z"),
    },
    editions: [{ registry: "US-FTC-DNC", edition: 3, ageDays: 1, limitDays: 31 }],
  },
};
const refused = (...refusals: ReasonResponse[]): ScreeningAnswer => ({
  ...allowed,
  verdict: "refuse",
  refusals,
});
const states = (answer: ScreeningAnswer) =>
  Object.fromEntries(toGates(answer).map(({ key, state }) => [key, state]));

it("opens every checked gate of an allowed call", () => {
  expect(states(allowed)).toEqual({
    number: "open",
    "opt-outs": "open",
    suppressions: "open",
    consent: "open",
    reassigned: "none",
    "registry-US-FTC-DNC": "open",
    dialer: "open",
    sector: "open",
    caps: "open",
    hours: "open",
    zone: "open",
    jurisdiction: "open",
  });
  expect(toGates(allowed).some(({ isPast }) => isPast)).toBe(false);
});

it("shuts the gate of each reason, and marks the gates behind the first as past", () => {
  const gates = toGates(refused(told("opted-out"), told("outside-calling-hours")));

  expect(gates.filter(({ state }) => state === "shut").map(({ key }) => key)).toEqual([
    "opt-outs",
    "hours",
  ]);
  expect(gates.find(({ isPast }) => isPast)?.key).toBe("suppressions");
});

it("marks gates as unchecked if their check, or one that it needs, was impossible", () => {
  expect(states(refused(told("zone-unknown")))).toMatchObject({
    zone: "unchecked",
    hours: "unchecked",
    caps: "open",
  });
  expect(states(refused(told("jurisdiction-unknown")))).toMatchObject({
    jurisdiction: "unchecked",
    dialer: "unchecked",
    sector: "unchecked",
  });
});

it("has a gate for a registry that was never read", () => {
  const answer = refused(told("registry-unchecked", { registry: "US-TX-NCL" }));

  expect(states(answer)).toMatchObject({
    "registry-US-FTC-DNC": "open",
    "registry-US-TX-NCL": "unchecked",
  });
});

it("sets a gate with only a warning ajar", () => {
  const warnings = [told("registry-unchecked", { registry: "US-FTC-DNC" })];
  expect(states({ ...allowed, warnings })).toMatchObject({ "registry-US-FTC-DNC": "ajar" });
});

it("checks nothing else for an invalid number", () => {
  const gates = toGates({
    ...refused(told("number-invalid")),
    checked: nothing,
  });

  expect(gates[0]?.state).toBe("shut");
  expect(new Set(gates.slice(1).map(({ state }) => state))).toEqual(new Set(["none"]));
});

it("marks all gates as unchecked when nothing could be checked", () => {
  const { checked: _, ...answer } = refused(told("cannot-check"));
  expect(new Set(toGates(answer).map(({ state }) => state))).toEqual(new Set(["unchecked"]));
});

it("finds the short text below a gate in the answer", () => {
  const opens = new Date("2026-11-25T15:00:00Z");
  const gates = toGates(refused(told("outside-calling-hours", { until: opens })));
  const found = Object.fromEntries(gates.map(({ key, finding }) => [key, finding]));

  expect(found).toMatchObject({
    hours: { is: "until", instant: opens },
    consent: { is: "since" },
    zone: { is: "zones", zones: ["America/Chicago"] },
    jurisdiction: { is: "places", places: ["US", "US-TX"] },
    "registry-US-FTC-DNC": { is: "age", ageDays: 1, limitDays: 31 },
    caps: { is: "state" },
  });
});

it("shows no consent where none was required", () => {
  const { consent: _, ...checked } = allowed.checked ?? { ...nothing, consent: undefined };
  expect(states({ ...allowed, checked })).toMatchObject({ consent: "none" });
});
