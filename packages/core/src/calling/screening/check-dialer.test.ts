import { expect, it } from "vitest";
import { screened } from "../../../testing/verdicts.ts";
import type { Dialer } from "../../account/organization/index.ts";

const banOf = (jurisdiction: string, dialer: Dialer) =>
  screened({ jurisdictions: [jurisdiction], dialer }).refusals.find(
    ({ reason }) => reason === "dialer-not-allowed",
  )?.rule;

it.each([
  ["RU", "live_agent", undefined],
  ["RU", "predictive", undefined],
  ["RU", "prerecorded", "RU.autodial.ban"],
  ["RU", "ai_voice", "RU.autodial.ban"],
  ["US-MA", "prerecorded", "US-MA.prerecorded"],
  ["US-MA", "ai_voice", undefined],
] as const)("in %s, %s: %s", (jurisdiction, dialer, rule) => {
  expect(banOf(jurisdiction, dialer)).toBe(rule);
});
