import { expect, it } from "vitest";
import { ConsentId } from "../../platform/ids.ts";
import { type ComparedVerdict, compareVerdicts } from "./compare-verdicts.ts";
import type { Reason } from "./reason.ts";

const consentId = ConsentId.parse("0195a000-0000-7000-8000-00000000000a");
const optedOut: Reason = {
  reason: "opted-out",
  message: { key: "refusal.opted-out", values: { since: new Date(0), scope: "all" } },
};
const listed: Reason = {
  reason: "registry-listed",
  registry: "US-FTC-DNC",
  rule: "US.dnc",
  message: {
    key: "refusal.registry-listed",
    values: { registry: "US-FTC-DNC", lift: "none", mark: "A" },
  },
};
const notRunning: Reason = {
  reason: "cannot-check",
  rule: "campaign.running",
  message: { key: "refusal.campaign-not-running", values: { campaign: "june", mark: "policy" } },
};

const aVerdict = (
  refusals: readonly Reason[] = [],
  checked: Partial<ComparedVerdict["checked"]> = {},
): ComparedVerdict => ({
  verdict: refusals.length === 0 ? "allow" : "refuse",
  refusals,
  warnings: [],
  checked: {
    jurisdictions: ["US-NJ", "US"],
    zones: ["America/New_York"],
    editions: [{ registry: "US-FTC-DNC", edition: 7, ageDays: 3, limitDays: 31 }],
    rules: "a",
    ...checked,
  },
});

it("finds no difference between equal verdicts, whatever the messages and the order", () => {
  const other: Reason = { ...optedOut, since: new Date(0), message: { key: "error.bug" } };
  expect(compareVerdicts(aVerdict([optedOut, listed]), aVerdict([listed, other]))).toMatchObject({
    isSame: true,
    isOtherVerdict: false,
  });
});

it("reports a changed verdict and the reason", () => {
  expect(compareVerdicts(aVerdict(), aVerdict([optedOut]))).toMatchObject({
    isSame: false,
    isOtherVerdict: true,
    refusals: { gone: [], added: [optedOut] },
  });
});

it("reports a reason that is gone if the verdict stays", () => {
  expect(compareVerdicts(aVerdict([optedOut, listed]), aVerdict([listed]))).toMatchObject({
    isSame: false,
    isOtherVerdict: false,
    refusals: { gone: [optedOut], added: [] },
  });
});

it("distinguishes reasons of one kind by registry and by rule", () => {
  const other = { ...listed, registry: "US-NJ-DNC" };
  expect(compareVerdicts(aVerdict([listed]), aVerdict([other])).refusals).toEqual({
    gone: [listed],
    added: [other],
  });
});

it("does not compare reasons of a campaign, and says so", () => {
  expect(compareVerdicts(aVerdict([notRunning]), aVerdict())).toMatchObject({
    isSame: true,
    isOtherVerdict: false,
    ofCampaign: [notRunning],
    refusals: { gone: [], added: [] },
  });
  expect(compareVerdicts(aVerdict([notRunning, optedOut]), aVerdict())).toMatchObject({
    isOtherVerdict: true,
    refusals: { gone: [optedOut] },
  });
});

it.each<[Partial<ComparedVerdict["checked"]>, object]>([
  [{ rules: "b" }, { hasOtherRules: true }],
  [{ zones: ["America/Chicago"] }, { hasOtherZones: true }],
  [{ jurisdictions: ["US"] }, { hasOtherPlaces: true }],
  [{ consent: { id: consentId, since: new Date(0) } }, { hasOtherConsent: true }],
  [{ editions: [] }, { editions: [{ registry: "US-FTC-DNC", before: 7, now: null }] }],
])("tells what a verdict rested on, and rests on now: %o", (checked, difference) => {
  expect(compareVerdicts(aVerdict(), aVerdict([], checked))).toMatchObject({
    isSame: false,
    isOtherVerdict: false,
    ...difference,
  });
});
