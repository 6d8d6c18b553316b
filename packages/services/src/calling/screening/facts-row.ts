import { z } from "zod";
import type { ConsentEventType } from "@ringfence/core/consents/consent";
import {
  type ConsentId,
  OptOutCorrectionId,
  OptOutId,
  PhoneId,
  RegistryId,
  SellerId,
  SuppressionId,
} from "@ringfence/core/ids";
import { HoursPolicy, JurisdictionId, type Law } from "@ringfence/core/people/jurisdiction";
import { HoursWindow } from "@ringfence/core/platform/time";
import { CalledParty, type Channel, LineType } from "@ringfence/core/people/phone";
import { PurposeKey, PurposeKind } from "@ringfence/core/account/purpose";
import { Dialer } from "@ringfence/core/account/organization";
import { ConsentPolicy, Sector, SellerKey } from "@ringfence/core/account/seller";
import type { OwnPolicy } from "@ringfence/core/calling/policy";
import type { CallPreferences } from "@ringfence/core/do-not-call/call-preference";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { PreferenceRow } from "../../do-not-call/call-preference/internal.ts";
import { NamedPolicy } from "../policy/internal.ts";

/*
 * The rows of `factsStatement`, and what remains of them when facts that our code did not write are left out. Instants
 * but `now` are epoch milliseconds. Where there is nothing, a list is null, except `silenced`, `warnOnly`, `emergencies`
 * and those of a campaign, which are never null; where null means something else, the field says so. Each row is
 * checked, which takes one or two of the 93 microseconds that a call's facts take (32 calls to a statement,
 * `pnpm bench screening`).
 */

/** State of a registry at an instant in the past. */
export const RegistryHistory = z.object({
  edition: z.int(),
  verifiedAt: z.number(),
  isListed: z.boolean(),
  listedSince: z.number().nullable(),
});
export type RegistryHistory = z.infer<typeof RegistryHistory>;

const RegistrySettings = z.object({
  id: RegistryId,
  code: z.string(),
  maxAgeDays: z.number(),
  edition: z.int(),
  verifiedAt: z.number().nullable(),
  /** The areas (ten million numbers each) for which it answers; null is all. */
  areas: z.array(z.int()).nullable(),
});
export type RegistrySettings = z.infer<typeof RegistrySettings>;

/**
 * The organization's settings on which verdicts depend, as `screening_settings` returns them. In a what-if, what has a
 * beginning and an end is that of the instant (policies, disconnections, silenced warnings, emergencies, closed days);
 * everything else is as it is now.
 */
export const StoredSettings = z.object({
  /** Hash of the rule set that judges; null if no law was installed yet. */
  ruleSet: z.string().nullable(),
  /** Policies in force, of the organization and of its sellers. */
  policies: z.array(NamedPolicy).nullable(),
  homeRegion: z.string(),
  dialer: Dialer,
  hours: HoursPolicy.nullable(),
  /** True if an erased number is on record by its key, so that facts must be looked for by keys too. */
  hasErasedPhones: z.boolean(),
  sellers: z
    .array(z.object({ id: SellerId, key: SellerKey, sector: Sector, consentPolicy: ConsentPolicy }))
    .nullable(),
  purposes: z.array(z.object({ key: PurposeKey, kind: PurposeKind })).nullable(),
  registries: z.array(RegistrySettings).nullable(),
  /** Registries that were disconnected at the instant, and since when. */
  disconnected: z.array(z.object({ registry: z.string(), at: z.number() })).nullable(),
  /** Registries with `unread: warn` whose warning an officer has silenced. */
  silenced: z.array(z.string()),
  /** Ids of unverified rules (mark C) that an officer has set to warn. */
  warnOnly: z.array(z.string()),
  /** Places with a declared emergency at the instant. */
  emergencies: z.array(JurisdictionId),
  /** Days without calls that an officer had added, and not ended, by the instant. */
  closedDays: z
    .array(
      z.object({
        jurisdiction: JurisdictionId,
        region: z.string().nullable(),
        first: z.string(),
        last: z.string(),
      }),
    )
    .nullable(),
});
type StoredSettings = z.infer<typeof StoredSettings>;

/** The settings with the law and the policies that they name. */
export type Settings = Omit<StoredSettings, "policies"> & {
  law: Law;
  policies: readonly OwnPolicy[];
};

/** An event of a consent, decoded from `StoredRow.consents`. */
export type ConsentRow = {
  consentId: ConsentId;
  type: ConsentEventType;
  sellerId: SellerId;
  purposes: PurposeKey[];
  channels: Channel[];
  elements: string[];
  isWritten: boolean;
  isProven: boolean;
  isImported: boolean;
  at: number;
  validUntil: number | null;
  recordedAt: number;
};

const OptOutRow = z.object({
  scope: z.enum(["all", "seller", "purpose", "profiling"]),
  sellerId: SellerId.nullable(),
  purpose: PurposeKey.nullable(),
  at: z.number(),
  recordedAt: z.number(),
});

const SuppressionRow = z.object({
  reason: SuppressionReason,
  at: z.number(),
  until: z.number().nullable(),
});

const ContactRow = z.object({
  zone: z.string().nullable(),
  region: z.string().nullable(),
  calledParty: CalledParty,
});

/** The columns without a MAC. None may hold a fact that only allows calls. */
const PlainColumns = z.object({
  /** Id of the screening for which the facts are read. */
  id: z.string(),
  now: z.date(),
  phoneId: PhoneId.nullable(),
  lineType: LineType.nullable(),
  /** Instant at which the line type was looked up, in epoch milliseconds. */
  lineTypeAt: z.number().nullable(),
  contacts: z.array(ContactRow).nullable(),
  calls: z.array(z.number()).nullable(),
  /** Permits that count like calls, each with the id of its screening. */
  permits: z
    .array(z.object({ id: z.string(), at: z.number(), until: z.number().nullable() }))
    .nullable(),
  reassigned: z
    .array(
      z.object({
        answer: z.enum(["yes", "no", "no_data"]),
        consentDate: z.number(),
        askedAt: z.number(),
        at: z.number(),
      }),
    )
    .nullable(),
  /** The registries that list the number now, and since when where that matters; null for none. */
  listedIn: z.record(RegistryId, z.number().nullable()).nullable(),
  /**
   * Registries that must be asked about each number, and have given no answer about this one that still
   * counts.
   */
  unanswered: z.array(RegistryId).nullable(),
  /** The campaign that the call names, if it is one of ours. */
  campaign: z
    .object({
      key: z.string(),
      isRunning: z.boolean(),
      hours: HoursWindow,
      cap: z.object({ calls: z.int(), days: z.int() }),
      sellerId: SellerId,
      settings: z.object({
        dialer: z.string(),
        callerNumber: z.string(),
        label: z.string(),
        labelContract: z.string(),
        offers: z.array(z.object({ id: z.string(), version: z.int() })),
      }),
      /** Confirmations for its seller or for it alone that have not been withdrawn, even if they have expired. */
      confirmedDuties: z.array(
        z.object({
          rule: z.string(),
          version: z.string(),
          subject: z.string(),
          validUntil: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  /** State of the registries that had an edition at the instant of a what-if; null for a call now. */
  history: z.record(RegistryId, RegistryHistory).nullable(),
});

/** The facts about a call, without those that our code did not write. */
export type FactsRow = z.infer<typeof PlainColumns> & {
  consents: ConsentRow[] | null;
  optOuts: z.infer<typeof OptOutRow>[] | null;
  suppressions: z.infer<typeof SuppressionRow>[] | null;
  preferences: CallPreferences[] | null;
  /** Earliest of the last purchases of the phone's contacts; null if one of them has none. */
  purchasedAt: number | null;
};

/** MAC in hexadecimal digits; null if the row has none. */
const mac = z.string().nullable();

/** A row of `factsStatement`, with the MACs that show our code wrote the facts. */
export const StoredRow = PlainColumns.extend({
  /** Each with the time of its last purchase, or null. */
  contacts: z.array(ContactRow.extend({ purchasedAt: z.number().nullable() })).nullable(),
  /** Consents as written by `consentTextsSql`; null for none. */
  consents: z.string().nullable(),
  /** `corrected` is null if nobody had corrected it by the instant of the request. */
  optOuts: z
    .array(
      OptOutRow.extend({
        corrected: z
          .object({
            optOutId: OptOutId,
            phoneId: PhoneId,
            correctionId: OptOutCorrectionId,
            at: z.number(),
            mac,
          })
          .nullable(),
      }),
    )
    .nullable(),
  suppressions: z
    .array(
      SuppressionRow.extend({ id: SuppressionId, phoneId: PhoneId, recordedAt: z.number(), mac }),
    )
    .nullable(),
  /** All call preferences up to the instant of the request, in the order in which they were recorded. */
  preferences: z.array(PreferenceRow.extend({ mac })).nullable(),
  ledgerSize: z.number().nullable(),
  keyGeneration: z.int(),
  /** As in `LoadedFacts`. */
  keyStands: z.boolean(),
  /** Null unless the request wants them, and for an unknown organization. */
  settings: StoredSettings.nullable(),
});
export type StoredRow = z.infer<typeof StoredRow>;

/** The facts about one call that count, and the settings by which it is judged, all of one instant. */
export type LoadedFacts = {
  row: FactsRow;
  settings: Settings;
  /** Size of the ledger at the last signed checkpoint; null before the first. */
  ledgerSize: number | null;
  /** Generation of the master key to which the stored hashes of erased numbers are chained. */
  keyGeneration: number;
  /** False if the request's key may no longer be used, or not from the address of the request. True without a key. */
  keyStands: boolean;
};
