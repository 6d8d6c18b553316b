import { z } from "zod";
import type { ConsentEventType } from "@ringfence/core/consents/consent";
import type { Channel } from "@ringfence/core/people/phone";
import { type ConsentId, type PhoneId, RegistryId, SellerId } from "@ringfence/core/ids";
import { HoursPolicy, JurisdictionId } from "@ringfence/core/people/jurisdiction";
import type { HoursWindow } from "@ringfence/core/platform/time";
import type { OptOutScope } from "@ringfence/core/do-not-call/opt-out";
import type { CalledParty, LineType } from "@ringfence/core/people/phone";
import { PurposeKey, PurposeKind } from "@ringfence/core/account/purpose";
import type { CampaignFact, ReassignedAnswer } from "@ringfence/core/calling/screening";
import { Dialer } from "@ringfence/core/account/organization";
import { ConsentPolicy, Sector, SellerKey } from "@ringfence/core/account/seller";
import type { SuppressionReason } from "@ringfence/core/do-not-call/suppression";

/** A row as the statement answers it; instants are epoch milliseconds. */
export type FactsRow = {
  /** Id of the screening for which the facts are read. */
  id: string;
  now: Date;
  phoneId: PhoneId | null;
  lineType: LineType | null;
  /** When the line type was looked up. */
  lineTypeAt: number | null;
  contacts: { zone: string | null; region: string | null; calledParty: CalledParty }[] | null;
  consents: ConsentRow[] | null;
  optOuts:
    | {
        scope: OptOutScope["scope"];
        sellerId: SellerId | null;
        purpose: PurposeKey | null;
        at: number;
        recordedAt: number;
      }[]
    | null;
  suppressions: { reason: SuppressionReason; at: number; until: number | null }[] | null;
  calls: number[] | null;
  /** Permits that count like calls, each with the id of its screening. */
  permits: { id: string; at: number; until: number | null }[] | null;
  reassigned: ReassignedRow[] | null;
  /** The registries that list the number now, and since when where that matters; null for none. */
  listedIn: Record<RegistryId, number | null> | null;
  /**
   * Registries that must be asked about each number, and have given no answer about this one that still
   * counts.
   */
  unanswered: RegistryId[] | null;
  /** The campaign that the call names, if it is one of ours. */
  campaign: (Omit<CampaignFact, "hours"> & { hours: HoursWindow }) | null;
  /** How registries stood at the instant of a what-if, those that had an edition; null for now. */
  history: Record<RegistryId, RegistryHistory> | null;
};

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

export type ReassignedRow = {
  answer: ReassignedAnswer["answer"];
  consentDate: number;
  askedAt: number;
  at: number;
};

/** How a registry stood at an instant in the past. */
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
  /** The ten millions of numbers for which it answers; null is all. */
  areas: z.array(z.int()).nullable(),
});
export type RegistrySettings = z.infer<typeof RegistrySettings>;

/** The organization's settings on which verdicts depend. */
export const Settings = z.object({
  homeRegion: z.string(),
  dialer: Dialer,
  hours: HoursPolicy.nullable(),
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
  warnOnly: z.array(z.string()),
  emergencies: z.array(JurisdictionId),
  closedDays: z
    .array(z.object({ jurisdiction: JurisdictionId, first: z.string(), last: z.string() }))
    .nullable(),
});
export type Settings = z.infer<typeof Settings>;

export type LoadedFacts = {
  row: FactsRow;
  settings: Settings;
  /** Size of the ledger at the last signed checkpoint; null before the first. */
  ledgerSize: number | null;
  /** Generation of the master key to which the stored hashes of erased numbers are chained. */
  keyGeneration: number;
  /** False if the request's key was revoked. True without a key. */
  keyStands: boolean;
};
