import type { ConsentEvent } from "../src/consents/consent/index.ts";
import type { ConsentId, SellerId } from "../src/platform/ids.ts";
import { bundledRuleBook, bundledRuleSetHash } from "../src/people/jurisdiction/index.ts";
import type { OptOut } from "../src/do-not-call/opt-out/index.ts";
import type {
  RegistryEditionFact,
  RegistryFact,
  ScreeningFacts,
} from "../src/calling/screening/index.ts";

/** A Monday, 10:00 in Chicago. */
export const monday = new Date("2026-03-02T16:00:00Z");
export const hoursAfter = (hours: number, instant = monday) =>
  new Date(instant.getTime() + hours * 3_600_000);
export const daysAfter = (days: number) => hoursAfter(days * 24);

export const sellerA = "018f0000-0000-7000-8000-00000000000a" as SellerId;
export const sellerB = "018f0000-0000-7000-8000-00000000000b" as SellerId;
export const toConsentId = (n: number) =>
  `018f0000-0000-7000-8000-${String(n).padStart(12, "0")}` as ConsentId;

/** Written consent to live calls of seller A about marketing, given a month ago. */
export const aGrant = (spoilt: Partial<ConsentEvent> = {}): ConsentEvent => ({
  consentId: toConsentId(1),
  type: "granted",
  sellerId: sellerA,
  purposes: ["marketing"],
  channels: ["voice_live"],
  elements: [],
  isWritten: true,
  isProven: false,
  isImported: false,
  at: daysAfter(-30),
  validUntil: null,
  recordedAt: spoilt.at ?? daysAfter(-30),
  ...spoilt,
});

/** A refusal of all calls, yesterday. */
export const anOptOut = (at = daysAfter(-1), recordedAt = at): OptOut => ({
  scope: "all",
  at,
  recordedAt,
});

/** Read yesterday; the phone is not on it. */
export const aRegistry = (spoilt: Partial<RegistryFact> = {}): RegistryFact => ({
  registry: "US-FTC-DNC",
  maxAgeDays: 31,
  edition: { number: 1, verifiedAt: daysAfter(-1), listsPhone: false, listedSince: null },
  ...spoilt,
});

/** A list of the organization's own, that no rule names. */
export const ownList = (spoilt: Partial<RegistryFact> = {}) =>
  aRegistry({ registry: "partner", maxAgeDays: 7, ...spoilt });

/** An edition that was read yesterday and has listed the phone for ten days. */
export const listing: RegistryEditionFact = {
  number: 1,
  verifiedAt: daysAfter(-1),
  listsPhone: true,
  listedSince: daysAfter(-10),
};

/** A call that nothing stands in the way of. Each test spoils one thing. */
export const clearFacts: ScreeningFacts = {
  at: monday,
  isWhatIf: false,
  law: bundledRuleBook,
  keptLaw: null,
  ownLaw: null,
  ruleSet: bundledRuleSetHash,
  jurisdictions: ["US"],
  states: ["IL"],
  regions: ["US-IL"],
  zones: ["America/Chicago"],
  lineType: "wireless",
  lineTypeAt: null,
  calledParty: "individual",
  emergencies: [],
  closedDays: [],
  dialer: "live_agent",
  isCampaign: false,
  campaign: null,
  purpose: { key: "marketing", kind: "promotional" },
  seller: { id: sellerA, sector: "other", consentPolicy: "opt_in" },
  consents: [aGrant()],
  optOuts: [],
  suppressions: [],
  preferences: [],
  calls: [],
  permits: [],
  registries: [aRegistry()],
  disconnected: [],
  purchasedAt: null,
  reassigned: [],
  policy: {
    hours: {
      windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA"], from: "09:00", to: "20:00" }],
      holidaysClosed: true,
    },
    choseHours: false,
    warnOnly: new Set(),
    silenced: new Set(),
  },
};
