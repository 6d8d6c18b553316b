import { expect, it } from "vitest";
import { clearFacts, hoursAfter, sellerB } from "../../../testing/facts.ts";
import {
  aDutyConfirmation,
  federalConfirmations,
  someDutySettings,
} from "../../../testing/duties.ts";
import type { CampaignFact, ScreeningFacts } from "./facts.ts";
import { screen } from "./screen.ts";

const spring: CampaignFact = {
  key: "spring",
  isRunning: true,
  hours: { windows: [{ days: ["MO"], from: "10:00", to: "11:00" }], holidaysClosed: false },
  cap: { calls: 2, days: 3 },
  sellerId: clearFacts.seller.id,
  settings: someDutySettings,
  confirmedDuties: [],
};
/** A call of the campaign, with the duties of the country confirmed and those that `campaign` has. */
const within = (campaign: Partial<CampaignFact>, more: Partial<ScreeningFacts> = {}) => {
  const confirmedDuties = [...federalConfirmations(), ...(campaign.confirmedDuties ?? [])];
  return screen({
    ...clearFacts,
    isCampaign: true,
    campaign: { ...spring, ...campaign, confirmedDuties },
    ...more,
  });
};

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

const inTexas = (campaign: Partial<CampaignFact>, more: Partial<ScreeningFacts> = {}) =>
  within(campaign, { jurisdictions: ["US-TX"], ...more }).refusals.filter(
    ({ rule }) => rule === "campaign.duties",
  );

it("refuses a call into a place whose duties are not confirmed, and names one", () => {
  expect(inTexas({})).toMatchObject([
    {
      reason: "cannot-check",
      citation: "Tex. Bus. & Com. Code 302.101(a), 302.106, 302.107",
      message: { values: { campaign: "spring", duty: "US-TX.registration", more: 0 } },
    },
  ]);
  expect(within({}, { jurisdictions: ["US-TX"] }).callableFrom).toBeNull();
  expect(inTexas({ confirmedDuties: [aDutyConfirmation("US-TX.registration")] })).toEqual([]);
});

it.each<[string, Partial<CampaignFact>, Partial<ScreeningFacts>]>([
  [
    "made for an older rule",
    { confirmedDuties: [aDutyConfirmation("US-TX.registration", { version: "0".repeat(64) })] },
    {},
  ],
  [
    "over",
    { confirmedDuties: [aDutyConfirmation("US-TX.registration", { validUntil: "2026-03-01" })] },
    {},
  ],
  ["of another place", { confirmedDuties: [aDutyConfirmation("US-NJ.registration")] }, {}],
  [
    "of the campaign's seller, and the call of another",
    { confirmedDuties: [aDutyConfirmation("US-TX.registration")] },
    { seller: { ...clearFacts.seller, id: sellerB } },
  ],
])("refuses it if the confirmation is %s", (_, campaign, more) => {
  expect(inTexas(campaign, more)).toHaveLength(1);
});

it("refuses a call whose dialer has a duty that the campaign's own dialer does not have", () => {
  const listUnconfirmed = (dialer: ScreeningFacts["dialer"]) =>
    within({}, { jurisdictions: ["US-CA"], dialer })
      .refusals.filter(({ rule }) => rule === "campaign.duties")
      .map(({ message }) => message.values);
  expect(listUnconfirmed("live_agent")).toEqual([]);
  expect(listUnconfirmed("prerecorded")).toMatchObject([{ duty: "US-CA.announcing.disclosure" }]);
});

it("ignores a confirmation that was made for another dialer", () => {
  const refusedBy = (dialer: ScreeningFacts["dialer"]) =>
    within(
      { confirmedDuties: [aDutyConfirmation("GB.cli")] },
      { jurisdictions: ["GB"], dialer },
    ).refusals.filter(({ rule }) => rule === "campaign.duties");
  expect(refusedBy("live_agent")).toEqual([]);
  expect(refusedBy("predictive")).toHaveLength(1);
});

it("asks nothing of a call that belongs to no campaign of ours", () => {
  const { refusals } = screen({ ...clearFacts, isCampaign: true, jurisdictions: ["US-TX"] });
  expect(refusals.map(({ rule }) => rule)).not.toContain("campaign.duties");
});
