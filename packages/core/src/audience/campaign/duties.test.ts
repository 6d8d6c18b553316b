import { expect, it } from "vitest";
import {
  aDutyConfirmation,
  federalConfirmations,
  someDutySettings,
} from "../../../testing/duties.ts";
import { bundledRuleBook, toDialerFacts } from "../../people/jurisdiction/index.ts";
import {
  type RecordedConfirmation,
  groupDutiesByPlace,
  isEndingDuty,
  isOpenDuty,
  listCampaignDuties,
} from "./duties.ts";

const noon = new Date("2026-11-30T12:00:00Z");
const facts = { ...toDialerFacts("live_agent", true), purpose: ["promotional"] };
const list = (
  places: string[],
  confirmations: RecordedConfirmation[] = [],
  { at = noon, settings = someDutySettings } = {},
) => listCampaignDuties([bundledRuleBook], { places, facts, settings }, confirmations, at);

const recorded = (id: string, more: Partial<RecordedConfirmation> = {}): RecordedConfirmation => ({
  ...aDutyConfirmation(id, more),
  isWithdrawn: false,
  ...more,
});

/** The duties of the country, confirmed. */
const federal = () => federalConfirmations().map((one) => ({ ...one, isWithdrawn: false }));

const inTexas = (confirmations: RecordedConfirmation[], more = {}) =>
  list(["US-TX"], confirmations, more)[0];

it("gives the reason why each duty is open", () => {
  const state = (...confirmations: RecordedConfirmation[]) => inTexas(confirmations)?.state;
  const id = "US-TX.registration";
  expect(state()).toBe("missing");
  expect(state(recorded("US-NJ.registration"))).toBe("missing");
  expect(state(recorded(id))).toBe("confirmed");
  expect(state(recorded(id, { isWithdrawn: true }))).toBe("withdrawn");
  expect(state(recorded(id, { version: "0".repeat(64) }))).toBe("rule-changed");
  expect(state(recorded(id, { validUntil: "2026-11-29" }))).toBe("expired");
  // It is December 1 in Kiribati already.
  expect(state(recorded(id, { validUntil: "2026-11-30" }))).toBe("expired");
  expect(state(recorded(id, { validUntil: "2026-12-01" }))).toBe("confirmed");
  const settings = { ...someDutySettings, callerNumber: "+442079460100" };
  expect(list(["GB"], [recorded("GB.cli")], { settings })[0]?.state).toBe("campaign-changed");
});

it("uses the confirmation that lasts longest, even if another is newer", () => {
  const id = "US-TX.registration";
  const long = recorded(id, { validUntil: "2027-02-01" });
  const short = recorded(id, { validUntil: "2026-12-05" });
  const gone = recorded(id, { version: "0".repeat(64) });
  expect(inTexas([gone, short, long])).toMatchObject({
    state: "confirmed",
    confirmation: long,
    daysLeft: 63,
  });
  expect(inTexas([short, recorded(id)])?.daysLeft).toBeNull();
});

it("warns in the last two weeks of a confirmation", () => {
  const isEnding = (validUntil: string | null) =>
    list(["US-TX"], [recorded("US-TX.registration", { validUntil })]).some(isEndingDuty);
  expect(isEnding("2026-12-14")).toBe(true);
  expect(isEnding("2026-12-15")).toBe(false);
  expect(isEnding(null)).toBe(false);
});

it("lists the duty of a rule that begins soon, and refuses no call for it yet", () => {
  const before = { at: new Date("2026-11-01T12:00:00Z") };
  const recordedCalls = { ...toDialerFacts("prerecorded", true), purpose: ["promotional"] };
  const duties = listCampaignDuties(
    [bundledRuleBook],
    { places: ["IN"], facts: recordedCalls, settings: someDutySettings },
    [],
    before.at,
  );
  expect(duties.map(({ duty, startsOn }) => [duty.id, startsOn])).toEqual([
    ["IN.a2p", "2026-11-17"],
    ["IN.registration", null],
  ]);
  expect(duties.filter(isOpenDuty).map(({ duty }) => duty.id)).toEqual(["IN.registration"]);
});

it("puts places with open duties first, and open duties before confirmed ones", () => {
  const confirmed = [recorded("GB.cli"), recorded("US-NJ.disclosure"), ...federal()];
  const groups = groupDutiesByPlace(list(["GB", "US-NJ"], confirmed)).filter(
    ({ place }) => place !== "US",
  );
  expect(
    groups.map(({ place, open, duties }) => [place, open, duties.map((d) => d.state)]),
  ).toEqual([
    ["US-NJ", 1, ["missing", "confirmed"]],
    ["GB", 0, ["confirmed"]],
  ]);
});

it("asks for a changed duty in both versions while an older law judges too", () => {
  const rules = bundledRuleBook.rules.map((rule) =>
    rule.id === "US-TX.registration"
      ? { ...rule, citation: "Tex. Bus. & Com. Code ch. 305" }
      : rule,
  );
  const settings = someDutySettings;
  const duties = listCampaignDuties(
    [bundledRuleBook, { ...bundledRuleBook, rules }],
    { places: ["US-TX", "US-NJ"], facts, settings },
    [recorded("US-TX.registration"), ...federal()],
    noon,
  );
  const ofStates = duties.filter(({ duty }) => duty.jurisdiction !== "US");
  expect(ofStates.map(({ duty, state }) => [duty.id, state])).toEqual([
    ["US-TX.registration", "confirmed"],
    ["US-NJ.disclosure", "missing"],
    ["US-NJ.registration", "missing"],
    ["US-TX.registration", "rule-changed"],
  ]);
});
