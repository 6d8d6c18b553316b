import fc from "fast-check";
import type { ConsentEvent } from "../src/consents/consent/index.ts";
import type { OptOut } from "../src/do-not-call/opt-out/index.ts";
import {
  type PermitFact,
  type ReassignedAnswer,
  type RegistryFact,
  type ScreeningFacts,
} from "../src/calling/screening/index.ts";
import { type CallPreferences, RefusableDialer } from "../src/do-not-call/call-preference/index.ts";
import { Weekday } from "../src/platform/time/index.ts";
import { Dialer } from "@ringfence/core/account/organization";
import { Sector } from "../src/account/seller/index.ts";
import { LineType, CalledParty } from "../src/people/phone/index.ts";
import type { DutyConfirmation } from "../src/people/jurisdiction/index.ts";
import { aDutyConfirmation, someDutySettings } from "./duties.ts";
import {
  aGrant,
  aRegistry,
  clearFacts,
  toConsentId,
  daysAfter,
  hoursAfter,
  sellerA,
  sellerB,
} from "./facts.ts";

// A small tree, few sellers and a narrow span, so that events often meet: the same node, the same
// instant.

/** So that a good part of what is made is clear, and there is something to spoil. */
export const mostly = <T>(clear: T, spoilt: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(clear) }, { weight: 1, arbitrary: spoilt });

export const aPurpose = mostly(
  "marketing",
  fc.constantFrom("marketing", "marketing.loans", "marketing.cards", "survey"),
);
export const aSeller = mostly(sellerA, fc.constant(sellerB));
export const aChannel = mostly("voice_live" as const, fc.constantFrom("voice_autodialed", "sms"));
export const aConsentId = fc.integer({ min: 1, max: 4 }).map(toConsentId);

/** A time within a few hours of the one in `clearFacts`. */
export const aShortInstant = fc.integer({ min: -2, max: 2 }).map((hours) => hoursAfter(hours));

export const aQuestion = fc.record({ sellerId: aSeller, purpose: aPurpose, channel: aChannel });

export const aConsentEvent: fc.Arbitrary<ConsentEvent> = fc.record({
  consentId: aConsentId,
  type: fc.constantFrom(
    "granted",
    "granted",
    "granted",
    "renewed",
    "requested",
    "refused",
    "withdrawn",
    "invalidated",
  ),
  sellerId: aSeller,
  purposes: fc.uniqueArray(aPurpose, { minLength: 1, maxLength: 2 }),
  channels: fc.uniqueArray(aChannel, { minLength: 1, maxLength: 2 }),
  elements: fc.subarray(["signature", "seller_identity"]),
  isWritten: fc.boolean(),
  isProven: fc.boolean(),
  isImported: fc.boolean(),
  at: aShortInstant,
  validUntil: fc.option(aShortInstant),
  recordedAt: aShortInstant,
});

export const aRefusal: fc.Arbitrary<OptOut> = fc
  .tuple(
    fc.oneof(
      fc.constant({ scope: "all" as const }),
      fc.record({ scope: fc.constant("seller" as const), sellerId: aSeller }),
      fc.record({ scope: fc.constant("purpose" as const), purpose: aPurpose }),
      fc.constant({ scope: "profiling" as const }),
    ),
    fc.record({ at: aShortInstant, recordedAt: aShortInstant }),
  )
  .map(([scope, times]) => ({ ...scope, ...times }));

/** Within a day and a half, so that days and nights meet, and calls leave the span of a cap. */
const anInstant = fc.integer({ min: -36, max: 36 }).map((hours) => hoursAfter(hours));

export const anEdition = fc.record({
  number: fc.constant(1),
  verifiedAt: fc.integer({ min: -35, max: 1 }).map((days) => hoursAfter(24 * days)),
  listsPhone: fc.boolean(),
  listedSince: fc.option(aShortInstant),
});

const aRegistryFact: fc.Arbitrary<RegistryFact> = fc.record({
  registry: fc.constantFrom(
    ..."US-FTC-DNC US-TX-DNC GB-TPS IT-RPO US-PORTED CH-DIRECTORY TR-IYS partner".split(" "),
  ),
  maxAgeDays: fc.constant(7),
  edition: fc.option(anEdition),
});

export const aPlace = fc.constantFrom(
  ..."US US-FL US-NJ US-CT US-NY US-TX US-ME GB IT ES FR AU BR RU MX CH TR".split(" "),
);

const aSuppression = fc.record({
  reason: fc.constant("litigator" as const),
  at: anInstant,
  until: fc.option(anInstant),
});

/** Call preferences that a person can choose on `/my`. */
export const somePreferences: fc.Arbitrary<CallPreferences> = fc.record({
  hours: fc.record({
    days: fc.subarray([...Weekday.options], { minLength: 1 }),
    from: fc.constantFrom("00:00", "09:30", "10:00"),
    to: fc.constantFrom("12:00", "18:00", "24:00"),
  }),
  refusedDialers: fc.subarray([...RefusableDialer.options]),
});

const aCampaign = fc.record({
  key: fc.constant("spring"),
  isRunning: mostly(true, fc.constant(false)),
  hours: fc.constantFrom(clearFacts.policy.hours, {
    windows: [{ days: ["MO" as const, "WE" as const], from: "10:00", to: "18:30" }],
    holidaysClosed: false,
  }),
  cap: fc.record({ calls: fc.integer({ min: 1, max: 3 }), days: fc.integer({ min: 1, max: 30 }) }),
  sellerId: fc.constant(clearFacts.seller.id),
  settings: fc.constant(someDutySettings),
  confirmedDuties: mostly<DutyConfirmation[]>(
    ["US-NJ.registration", "US-NJ.disclosure"].map((id) => aDutyConfirmation(id)),
    fc.constant([]),
  ),
});

export const aPermit: fc.Arbitrary<PermitFact> = fc.record({
  at: aShortInstant,
  until: fc.option(aShortInstant),
});

export const aReassignedAnswer: fc.Arbitrary<ReassignedAnswer> = fc.record({
  answer: fc.constantFrom("yes", "no", "no_data"),
  consentDate: aShortInstant,
  askedAt: aShortInstant,
  at: aShortInstant,
});

/** Facts about calls, many of them clear, or with one thing spoilt. */
export const someFacts: fc.Arbitrary<ScreeningFacts> = fc.record({
  law: fc.constant(clearFacts.law),
  keptLaw: fc.constant(null),
  ownLaw: fc.constant(null),
  ruleSet: fc.constant(clearFacts.ruleSet),
  at: mostly(clearFacts.at, anInstant),
  isWhatIf: mostly(false, fc.constant(true)),
  jurisdictions: fc.oneof(
    fc.constantFrom(["US"], ["US-FL"], ["US-NJ"]),
    mostly(["US-NJ"], fc.uniqueArray(aPlace, { maxLength: 2 })),
  ),
  states: mostly(["IL"], fc.subarray(["NJ", "RJ"])),
  regions: mostly(["US-IL"], fc.subarray(["US-NJ", "US", "BR-RJ"])),
  zones: mostly(["America/Chicago"], fc.subarray(["UTC", "Asia/Tokyo", "America/New_York"])),
  lineType: fc.constantFrom(...LineType.options),
  lineTypeAt: fc.option(anInstant),
  calledParty: mostly("individual" as const, fc.constantFrom(...CalledParty.options)),
  emergencies: mostly([], fc.subarray(["US-NY", "US"])),
  closedDays: mostly(
    [],
    fc.subarray([
      { jurisdiction: "US-NJ", region: null, first: "2026-03-02", last: "2026-03-02" },
      { jurisdiction: "US", region: "US-IL", first: "2026-03-02", last: "2026-03-02" },
      { jurisdiction: "US", region: null, first: "2026-03-03", last: "2026-03-04" },
    ]),
  ),
  dialer: mostly("live_agent" as const, fc.constantFrom(...Dialer.options)),
  isCampaign: fc.boolean(),
  campaign: mostly(null, aCampaign),
  purpose: aPurpose.map((key) => ({
    key,
    kind: key === "survey" ? ("survey" as const) : ("promotional" as const),
  })),
  seller: fc.record({
    id: aSeller,
    sector: mostly("other" as const, fc.constantFrom(...Sector.options)),
    consentPolicy: fc.constantFrom("opt_in", "opt_out_with_registry"),
  }),
  consents: mostly([aGrant()], fc.array(aConsentEvent, { maxLength: 4 })),
  optOuts: mostly([], fc.array(aRefusal, { maxLength: 2 })),
  suppressions: mostly([], fc.array(aSuppression, { maxLength: 2 })),
  preferences: mostly([], fc.array(somePreferences, { maxLength: 2 })),
  calls: fc.array(anInstant, { maxLength: 5 }),
  permits: fc.array(aPermit, { maxLength: 3 }),
  registries: mostly(
    [aRegistry()],
    fc.uniqueArray(aRegistryFact, { maxLength: 3, selector: ({ registry }) => registry }),
  ),
  disconnected: mostly([], fc.subarray([{ registry: "US-TX-DNC", at: daysAfter(-2) }])),
  purchasedAt: mostly(null, fc.constantFrom(hoursAfter(-1), daysAfter(-300), daysAfter(-549))),
  reassigned: mostly([], fc.array(aReassignedAnswer, { maxLength: 3 })),
  policy: fc.record({
    hours: fc.constant(clearFacts.policy.hours),
    choseHours: fc.boolean(),
    warnOnly: mostly(new Set<string>(), fc.constant(new Set(["US-NJ.wireless", "GB.auto"]))),
    silenced: mostly(new Set<string>(), fc.constant(new Set(["ES-ROBINSON", "US-TX-DNC"]))),
  }),
});
