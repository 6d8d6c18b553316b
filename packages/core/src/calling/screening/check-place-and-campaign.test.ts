import { expect, it } from "vitest";
import { clearFacts, hoursAfter } from "../../../testing/facts.ts";
import type { CampaignFact, ScreeningFacts } from "./facts.ts";
import { screen } from "./screen.ts";

const spring: CampaignFact = {
  key: "spring",
  isRunning: true,
  hours: { windows: [{ days: ["MO"], from: "10:00", to: "11:00" }], holidaysClosed: false },
  cap: { calls: 2, days: 3 },
};
const within = (campaign: Partial<CampaignFact>, more: Partial<ScreeningFacts> = {}) =>
  screen({ ...clearFacts, isCampaign: true, campaign: { ...spring, ...campaign }, ...more });

it("allows a call of a running campaign within its hours", () => {
  expect(within({})).toMatchObject({ verdict: "allow", refusals: [] });
});

it("refuses a campaign that is not running, whatever the time", () => {
  expect(within({ isRunning: false })).toMatchObject({
    verdict: "refuse",
    refusals: [{ reason: "cannot-check", rule: "campaign.running" }],
    callableFrom: null,
  });
});

it("intersects the campaign's hours with those of the law", () => {
  // 11:00 in Chicago, which the law allows.
  expect(within({}, { at: hoursAfter(1) })).toMatchObject({
    refusals: [{ reason: "outside-calling-hours", rule: "campaign.hours" }],
    // Clocks are put forward on the Sunday between.
    callableFrom: hoursAfter(7 * 24 - 1),
  });
  const always = { windows: [{ days: ["MO" as const], from: "00:00", to: "24:00" }] };
  const night = hoursAfter(13);
  expect(
    within({ hours: { ...always, holidaysClosed: false } }, { at: night, jurisdictions: ["US"] }),
  ).toMatchObject({ refusals: [{ reason: "outside-calling-hours", rule: "US.hours" }] });
});

it("counts calls of a person against its cap, whoever placed them", () => {
  const calls = [hoursAfter(-71), hoursAfter(-1)];
  expect(within({}, { calls })).toMatchObject({
    refusals: [{ reason: "frequency-cap", rule: "campaign.cap", until: hoursAfter(1) }],
  });
  expect(within({}, { calls: [hoursAfter(-73), hoursAfter(-1)] }).verdict).toBe("allow");
});
