import type { Channel, ConsentEventType } from "@ringfence/core/consent";
import type { ConsentId, OrganizationId, PhoneId, RegistryId, SellerId } from "@ringfence/core/ids";
import type { HoursPolicy, JurisdictionId } from "@ringfence/core/jurisdiction";
import type { OptOutScope } from "@ringfence/core/opt-out";
import { type CalledParty, digitsOf, type LineType, type Phone } from "@ringfence/core/phone";
import type { PurposeKey, PurposeKind } from "@ringfence/core/purpose";
import { placeOf } from "@ringfence/core/registry";
import type { Dialer } from "@ringfence/core/screening";
import type { ConsentPolicy, Sector, SellerKey } from "@ringfence/core/seller";
import type { SuppressionReason } from "@ringfence/core/suppression";
import type { Db } from "@ringfence/db";
import { coalesce } from "../coalesce.ts";
import { factsStatement } from "./facts-statement.ts";

/** What facts are asked about. Without a phone, only the settings and the clock are wanted. */
export type Ask = {
  organizationId: OrganizationId;
  phone: Phone | null;
  /** Of a number that may have been erased; looked for only where some were. */
  phoneKey: Uint8Array | null;
  /** Null is now, by the database's clock. */
  at: Date | null;
};

/** A row as the statement answers it; instants are epoch milliseconds. */
export type FactsRow = {
  /** For the screening that these facts are read for. */
  id: string;
  now: Date;
  phoneId: PhoneId | null;
  lineType: LineType | null;
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
  /** The registries whose edition in force lists the number, and since when where that matters. */
  listedIn: Record<RegistryId, number | null> | null;
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
  at: number;
  validUntil: number | null;
  recordedAt: number;
};

export type RegistryHistory = { edition: number; verifiedAt: number; isListed: boolean };

/** What an organization has decided, as far as verdicts rest on it. */
export type Settings = {
  homeRegion: string;
  dialer: Dialer;
  hours: HoursPolicy | null;
  hasErasedPhones: boolean;
  sellers: { id: SellerId; key: SellerKey; sector: Sector; consentPolicy: ConsentPolicy }[] | null;
  purposes: { key: PurposeKey; kind: PurposeKind }[] | null;
  registries: RegistrySettings[] | null;
  warnOnly: string[];
  emergencies: JurisdictionId[];
};

export type RegistrySettings = {
  id: RegistryId;
  code: string;
  maxAgeDays: number;
  edition: number;
  verifiedAt: number | null;
  /** The ten millions of numbers for which it answers; null is all. */
  areas: number[] | null;
};

export type AnsweredFacts = { row: FactsRow; settings: Settings };

/** The longest window of a cap is thirty days by the calendar, of a zone that may change its clocks. */
export const callWindowDays = 32;

/** Where consent lifts a listing only if it is the later of the two. */
const datedRegistries = ["IT-RPO"];

/** How long a caller may wait before "cannot check" is the answer, in milliseconds. */
const patienceMs = 1_000;

/** The facts about each of many calls, in the order of the asks, by one statement. */
export async function readFacts(
  { pool }: Db,
  asks: readonly Ask[],
  timeoutMs = patienceMs,
): Promise<AnsweredFacts[]> {
  const places = asks.map(({ phone }) => (phone === null ? null : placeOf(digitsOf(phone))));
  const statement = {
    name: "screening.facts",
    text: factsStatement,
    values: [
      asks.map(({ organizationId }) => organizationId),
      asks.map(({ phone }) => phone),
      asks.map(({ phoneKey }) => phoneKey),
      places.map((place) => place?.block ?? null),
      places.map((place) => place?.line ?? null),
      asks.map(({ at }) => at),
      callWindowDays,
      datedRegistries,
    ],
    query_timeout: timeoutMs,
  };
  const { rows } = await pool.query<FactsRow & { settings: Settings | null }>(statement);

  const settingsOf = new Map<OrganizationId, Settings>();
  return rows.map(({ settings, ...row }, index) => {
    const organizationId = asks[index]?.organizationId;
    if (organizationId === undefined) throw new Error("more answers than asks");
    if (settings !== null) settingsOf.set(organizationId, settings);
    const ofOrganization = settingsOf.get(organizationId);
    if (ofOrganization === undefined) throw new Error(`no organization ${organizationId}`);
    return { row, settings: ofOrganization };
  });
}

const shared = new WeakMap<Db, (ask: Ask) => Promise<AnsweredFacts>>();

/** The same for one call: concurrent ones of a turn share a statement. */
export function readFactsShared(db: Db, ask: Ask): Promise<AnsweredFacts> {
  const known = shared.get(db);
  if (known) return known(ask);
  const read = coalesce<Ask, AnsweredFacts>((asks) => readFacts(db, asks), { maxLoads: 2 });
  shared.set(db, read);
  return read(ask);
}
