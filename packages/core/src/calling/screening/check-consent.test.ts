import { describe, expect, it } from "vitest";
import {
  aGrant,
  aRegistry,
  anOptOut,
  clearFacts,
  toConsentId,
  daysAfter as day,
  listing,
  sellerB,
} from "../../../testing/facts.ts";
import { listReasons, screened, listWarnings } from "../../../testing/verdicts.ts";
import type { ConsentEvent } from "../../consents/consent/index.ts";
import { checkConsent } from "./check-consent.ts";
import type { ScreeningFacts } from "./facts.ts";
import { type PreparedFacts, prepareFacts } from "./prepare-facts.ts";

type Spoilt = Partial<ScreeningFacts>;

const { seller } = clearFacts;
const relaxed: Spoilt = { seller: { ...seller, consentPolicy: "opt_out_with_registry" } };
const consents = (...events: Partial<ConsentEvent>[]): Spoilt => ({ consents: events.map(aGrant) });
const [firstOf, missingOf] = [
  (spoilt: Spoilt) => screened(spoilt).refusals[0],
  (spoilt: Spoilt) => screened(spoilt).refusals[0]?.missing,
];

/** Elements that US law requires of a consent to automatic calls. */
const elements = [
  "signature",
  "seller_identity",
  "authorises_telemarketing",
  "autodialer_or_prerecorded_disclosure",
  "phone_number",
  "not_condition_of_purchase",
  "clear_and_conspicuous",
];
const automatic: Partial<ConsentEvent> = { channels: ["voice_autodialed"], elements };
const predictive: Spoilt = { dialer: "predictive" };

describe("missing elements", () => {
  it.each<[string[], Partial<ConsentEvent>]>([
    [["seller"], { sellerId: sellerB }],
    [["purpose"], { purposes: ["survey"] }],
    [["channel"], { channels: ["sms", "voice_ai"] }],
    [
      ["seller", "purpose", "channel"],
      { sellerId: sellerB, purposes: ["survey"], channels: ["sms"] },
    ],
  ])("is %j", (missing, spoilt) => {
    expect(missingOf(consents(spoilt))).toEqual(missing);
  });

  it("names the nearest consent in force", () => {
    const near = { sellerId: sellerB, consentId: toConsentId(2) };
    const far = { ...near, purposes: ["survey"], consentId: toConsentId(3) };
    expect(missingOf(consents(far, near))).toEqual(["seller"]);
    expect(missingOf(consents(far, near, { ...near, type: "withdrawn", at: day(-1) }))).toEqual([
      "seller",
      "purpose",
    ]);
  });

  it("lists what older records do not prove, and what rules require besides", () => {
    const old = { isImported: true, elements: [] };
    expect(missingOf(consents(old))).toEqual(["affirmative_action", "text_version"]);
    expect(firstOf(consents(old))).toMatchObject({ reason: "consent-insufficient" });
    expect(listReasons(consents(old, { at: day(-60), consentId: toConsentId(2) }))).toEqual([]);
    const proven = { ...old, elements: ["affirmative_action", "text_version"] };
    expect(listReasons(consents(proven))).toEqual([]);
    expect(missingOf({ ...predictive, ...consents({ ...automatic, ...old }) })).toEqual([
      "affirmative_action",
      "text_version",
      ...elements,
    ]);
  });

  it("names the form of an invalidated consent", () => {
    expect(missingOf(consents({}, { type: "invalidated", at: day(-1) }))).toEqual(["form"]);
  });
});

describe("what a rule requires of a consent", () => {
  it("is satisfied by a consent that has it", () => {
    expect(listReasons({ ...predictive, ...consents(automatic) })).toEqual([]);
  });

  it.each<[string[], Partial<ConsentEvent>]>([
    [["written_form"], { isWritten: false }],
    [["signature"], { elements: elements.slice(1) }],
    [["written_form", ...elements], { isWritten: false, elements: [] }],
  ])("lacks %j", (missing, spoilt) => {
    const given = { ...predictive, ...consents({ ...automatic, ...spoilt }) };
    expect(firstOf(given)).toMatchObject({
      reason: "consent-insufficient",
      missing,
      citation: expect.stringContaining("64.1200"),
    });
  });

  it("is satisfied by the best of several", () => {
    const spoken = { ...automatic, isWritten: false, elements: [], at: day(-1) };
    expect(listReasons({ ...predictive, ...consents(automatic, spoken) })).toEqual([]);
  });

  it("is a warning if an officer has set a rule of mark C to warn", () => {
    const recorded: Spoilt = {
      ...relaxed,
      jurisdictions: ["BE"],
      states: [],
      zones: ["Europe/Brussels"],
      consents: [],
      dialer: "prerecorded",
      registries: [aRegistry({ registry: "BE-DNCM" })],
    };
    expect(firstOf(recorded)).toMatchObject({
      reason: "consent-missing",
      rule: "BE.auto",
      message: { values: { mark: "C" } },
    });
    const policy = { ...clearFacts.policy, warnOnly: new Set(["BE.auto"]) };
    expect(listReasons({ ...recorded, policy })).toEqual([]);
    expect(listWarnings({ ...recorded, policy })).toEqual(["consent-missing", "consent-missing"]);
  });
});

describe("how long a consent lasts", () => {
  const inSydney: Spoilt = {
    jurisdictions: ["AU"],
    zones: ["Australia/Sydney"],
    at: new Date("2026-03-02T23:00:00Z"),
    registries: [aRegistry({ registry: "AU-DNCR" })],
  };
  const [recent, old] = [new Date("2025-12-03T00:00:00Z"), new Date("2025-12-02T00:00:00Z")];

  it("follows the law if the consent says nothing", () => {
    expect(listReasons({ ...inSydney, ...consents({ at: recent }) })).toEqual([]);
    expect(firstOf({ ...inSydney, ...consents({ at: old }) })).toMatchObject({
      reason: "consent-expired",
      rule: "AU.expiry",
      since: new Date("2026-03-02T00:00:00Z"),
    });
  });

  it("follows the consent where the law allows it", () => {
    expect(listReasons({ ...inSydney, ...consents({ at: old, validUntil: day(300) }) })).toEqual(
      [],
    );
  });
});

describe("a seller that relaxed its policy", () => {
  it("allows calls without consent where the law does, and the verdict says so", () => {
    expect(listReasons({ ...relaxed, consents: [] })).toEqual([]);
    expect(screened({ ...relaxed, consents: [] }).warnings).toMatchObject([
      { reason: "consent-missing", rule: "US.dnc.model" },
    ]);
  });

  it.each<[string, Spoilt]>([
    ["the law says so", { jurisdictions: ["DE"], zones: ["Europe/Berlin"] }],
    ["one of two laws says so", { jurisdictions: ["US", "DE"] }],
    ["no law says anything", { jurisdictions: ["US", "KZ"] }],
    ["a state is stricter than its country", { jurisdictions: ["US-CT"], states: ["CT"] }],
    ["a machine dials", predictive],
    [
      "the line may be one that may not be called",
      { jurisdictions: ["US-NJ"], lineType: "unknown" },
    ],
  ])("needs it where %s", (_, spoilt) => {
    expect(listReasons({ ...relaxed, consents: [], ...spoilt })).toContain("consent-missing");
  });

  it("uses the law of the day", () => {
    const edition = { ...listing, verifiedAt: new Date("2026-08-09T00:00:00Z"), listsPhone: false };
    const registries = [aRegistry({ registry: "FR-BLOCTEL", edition })];
    const place = { jurisdictions: ["FR"], zones: ["Europe/Paris"], registries };
    const french = { ...relaxed, ...place, consents: [] };
    const on = (date: string) => listReasons({ ...french, at: new Date(`${date}T09:00:00Z`) });
    expect(on("2026-08-10")).toEqual([]);
    expect(on("2026-08-11")).toEqual(["consent-missing"]);
  });

  it.each(["withdrawn", "refused"] as const)("refuses a call to a person who has %s", (type) => {
    const [refusal] = screened({ ...relaxed, ...consents({ type }) }).refusals;
    expect(refusal?.reason).toBe(type === "withdrawn" ? "consent-withdrawn" : "consent-missing");
  });

  it("applies an opt-out again when the consent that lifted it has ended", () => {
    const lifted = { optOuts: [anOptOut(day(-20))], ...relaxed };
    const proven = { isProven: true, at: day(-10) };
    expect(listReasons({ ...lifted, ...consents(proven) })).toEqual([]);
    expect(listReasons({ ...lifted, ...consents({ ...proven, validUntil: day(-1) }) })).toEqual([
      "opted-out",
    ]);
  });
});

describe("a consent asked for too soon after a refusal", () => {
  const asked = consents({ at: day(-10) }, { type: "withdrawn", at: day(-20) });
  const inIndia = { ...asked, jurisdictions: ["IN"], zones: ["Asia/Kolkata"] };
  const findings = (spoilt: Spoilt, change: (facts: PreparedFacts) => Partial<PreparedFacts>) => {
    const prepared = prepareFacts({ ...clearFacts, ...spoilt });
    return checkConsent({ ...prepared, ...change(prepared) }).map(({ effect, refusal }) => [
      effect,
      refusal.reason,
      refusal.rule,
    ]);
  };
  const reaskRules = ({ rules }: PreparedFacts) =>
    rules.filter(({ rule }) => rule.id === "IN.consent.reask");

  it("is refused as withdrawn", () => {
    expect(findings(inIndia, () => ({}))).toEqual([
      ["refuse", "consent-withdrawn", "IN.consent.reask"],
    ]);
  });

  it("only warns where an officer eased the rule", () => {
    const eased = (facts: PreparedFacts): Partial<PreparedFacts> => ({
      rules: reaskRules(facts).map(({ rule }) => ({ rule, effect: "warn" })),
      grants: facts.standing.status === "granted" ? facts.standing.grants : [],
    });
    expect(findings(inIndia, eased)).toEqual([["warn", "consent-withdrawn", "IN.consent.reask"]]);
  });

  it("is refused even where the law needs no consent", () => {
    const india = reaskRules(prepareFacts({ ...clearFacts, ...inIndia }));
    expect(
      findings({ ...relaxed, ...asked }, ({ rules }) => ({
        rules: [...rules, ...india],
        grants: [],
      })),
    ).toEqual([["refuse", "consent-withdrawn", "IN.consent.reask"]]);
  });
});
