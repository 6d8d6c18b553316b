import {
  ServiceError,
  type SharedOutcome,
  type TransactionContext,
  allowSeller,
  appendAudits,
  command,
  holdLock,
} from "../../platform/internal.ts";
import {
  type ConsentContact,
  type ImportConsent,
  type PurposeStanding,
  RecordConsent,
  type TextElement,
  listElements,
  isWritten,
  resolveConsent,
} from "@ringfence/core/consents/consent";
import type { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { Fault, Message } from "@ringfence/core/platform/message";
import { loadRecordingSettings } from "../../account/organization/internal.ts";
import { openStatements } from "../../proof/statement/internal.ts";
import { findTermsFault } from "@ringfence/core/consents/disclosure";
import type { ReadContactRow } from "@ringfence/core/people/contact";
import type { Phone } from "@ringfence/core/people/phone";
import { mendJson, mendText } from "@ringfence/core/platform/text";
import { applyContacts } from "../../people/contact/internal.ts";
import {
  type DisclosureRef,
  type ResolvedWording,
  resolveShownWording,
} from "../disclosure/internal.ts";
import { findOrAddPhones } from "../../people/phone/internal.ts";
import { insertConsents } from "./insert.ts";
import type { NewConsent } from "./consent.ts";
import { loadStandings } from "./standing.ts";

/**
 * A recorded consent with its standing for each purpose. `held`: an opt-out stands against it (contract 6).
 */
export type RecordedConsent = {
  id: ConsentId;
  standing: readonly PurposeStanding[];
  /** The latest signed statement about it (SD-JWT), with everything it discloses. */
  statement: string;
  /** Differences between the record and the request. Empty for `recordConsent`: its caller notes unreadable fields. */
  notes: readonly Message[];
};

/**
 * Records that a person consented to calls, with the evidence. Safe to repeat: the same grant is recorded
 * once. It lifts no opt-out: that takes an act which no caller can make alone.
 */
export const recordConsent = command({
  name: "recordConsent",
  action: "consent.record",
  input: RecordConsent,
  transaction: "shared",
  runMany: recordConsents,
  // One row for each that is recorded (`recordResolved`).
  audit: "by run",
});

type ResolvedInput = ConsentToSave & { index: number };
type Outcome = SharedOutcome<RecordedConsent>;

/** Records consents as if one came after the other. One that is invalid gets an error, and changes nothing. */
async function recordConsents(
  ctx: TransactionContext,
  inputs: readonly RecordConsent[],
): Promise<Outcome[]> {
  const { homeRegion: region, ...settings } = await loadRecordingSettings(ctx);
  const lookups = { ...settings, region, now: ctx.now };
  const outcomes = new Map<number, Outcome>();
  const resolved = inputs.flatMap((consent, index): ResolvedInput[] => {
    try {
      const { phone, sellerId, fault } = resolveConsent(consent, lookups);
      if (fault) throw toServiceError(fault);
      allowSeller(ctx, sellerId);
      return [{ index, consent, phone, sellerId }];
    } catch (error) {
      outcomes.set(index, { error });
      return [];
    }
  });
  const withoutContact = resolved.filter(({ consent }) => !consent.contact);
  // Two contacts may be the same person: the second has to find what the first changed.
  const withContact = resolved.filter(({ consent }) => consent.contact).map((it) => [it]);
  for (const group of [withoutContact, ...withContact]) {
    for (const [index, outcome] of await recordResolved(ctx, group)) outcomes.set(index, outcome);
  }
  return inputs.map((_, index) => {
    const outcome = outcomes.get(index);
    if (!outcome) throw new Error("a consent was neither recorded nor rejected");
    return outcome;
  });
}

/** Saves consents and writes their audit rows. Returns their outcomes by index. */
async function recordResolved(
  ctx: TransactionContext,
  inputs: readonly ResolvedInput[],
): Promise<Map<number, Outcome>> {
  if (inputs.length === 0) return new Map();
  const results = await saveConsents(ctx, inputs);
  const saved = results.flatMap((result) => (result.fault ? [] : [result]));
  await appendAudits(
    ctx,
    "consent.record",
    saved.map(({ id, phoneId, isNew }) => ({ phoneId, consentId: id, isNew })),
  );
  const earlierStatements = await loadLastStatements(
    ctx,
    saved.flatMap(({ id, statement }) => (statement === null ? id : [])),
  );
  return new Map(
    inputs.map(({ index }, nth): [number, Outcome] => {
      const result = results[nth];
      if (!result) throw new Error("a consent was not saved");
      if (result.fault) return [index, { error: toServiceError(result.fault) }];
      const { id, standing } = result;
      const statement = result.statement ?? earlierStatements.get(id);
      if (statement === undefined) throw new Error("a consent on record has no statement");
      return [index, { result: { id, standing, statement, notes: [] } }];
    }),
  );
}

/** Loads the latest statement about each consent: about the grant, or about what was recorded since. */
async function loadLastStatements(
  ctx: TransactionContext,
  consents: readonly ConsentId[],
): Promise<Map<string, string>> {
  if (consents.length === 0) return new Map();
  const { db, organizationId } = ctx;
  const events = await db.consentEvent.findMany({
    where: { organizationId, consentId: { in: [...consents] } },
    select: { id: true, consentId: true },
  });
  const consentByEvent = new Map(events.map(({ id, consentId }) => [id, consentId]));
  const statements = await openStatements(ctx, { about: [...consentByEvent.keys()] });
  return new Map(
    statements.map(({ about, statement }) => [consentByEvent.get(about) ?? about, statement]),
  );
}

/** Converts a fault. A field that names something unknown is an invalid field of the request. */
function toServiceError({ path, message }: Fault) {
  const names = /^\/(seller|purposes|channels|disclosure)/.test(path);
  return new ServiceError(names ? "invalid-field" : "invalid", message, path);
}

/** A valid consent with its phone and seller. */
type ConsentToSave = { consent: ImportConsent; phone: Phone; sellerId: SellerId };

export type SaveConsentResult =
  | {
      id: ConsentId;
      phoneId: PhoneId;
      isNew: boolean;
      /** The statement about a new one; null for one that was on record before. */
      statement: string | null;
      standing: PurposeStanding[];
      fault?: never;
    }
  /** The text does not exist, or asks something else. */
  | { fault: Fault };

/**
 * Saves any number of consents, with their texts and contacts. Returns a result for each, in order. The caller has
 * checked that the actor may record for the sellers, and writes the audit rows.
 */
export const saveConsents = async (
  ctx: TransactionContext,
  consents: readonly ConsentToSave[],
): Promise<SaveConsentResult[]> => {
  if (consents.some(({ consent }) => consent.contact)) await holdLock(ctx, "contacts");
  const wordings = await resolveShownWording(
    ctx,
    consents.map(({ consent }) => consent.disclosure),
  );
  const faults = consents.map((it, index) => findWordingFault(it, wordings[index] ?? null));
  // A number of which nothing is recorded is not stored.
  const phones = await findOrAddPhones(
    ctx,
    consents.filter((_, index) => !faults[index]).map(({ phone }) => phone),
  );
  const valid = consents.flatMap((it, index) => {
    const { disclosure = null, terms } = wordings[index] ?? {};
    const phoneId = phones.get(it.phone)?.id;
    const states = terms?.states ?? [];
    return phoneId && !faults[index] ? [{ ...it, index, phoneId, disclosure, states }] : [];
  });
  await applyContacts(ctx, valid.flatMap(toContactRows));

  // Nobody here saw how the consents of a file were given, whatever source it names.
  const isWitnessed = ctx.actor.type !== "job";
  const inserted = await insertConsents(
    ctx,
    valid.map((it) => toNewConsent(it, isWitnessed)),
  );
  const saved = valid.flatMap(({ index, phoneId }, nth) => {
    const consent = inserted[nth];
    return consent ? [{ ...consent, index, phoneId }] : [];
  });
  const standings = await loadStandings(ctx, saved);
  const byIndex = new Map(
    saved.map(({ index, ...it }, nth) => [index, { ...it, standing: standings[nth] ?? [] }]),
  );
  return consents.map((_, index) => {
    const [fault, result] = [faults[index], byIndex.get(index)];
    if (fault) return { fault };
    if (!result) throw new Error("a consent was neither recorded nor rejected");
    return result;
  });
};

function findWordingFault(
  { consent, sellerId }: ConsentToSave,
  wording: ResolvedWording | null,
): Fault | null {
  if (wording === null) return { path: "/disclosure", message: { key: "disclosure.unknown" } };
  return wording.terms && findTermsFault(wording.terms, { ...consent, sellerId });
}

type ValidConsent = ConsentToSave & {
  phoneId: PhoneId;
  disclosure: DisclosureRef | null;
  /** Elements that the published text states. */
  states: readonly TextElement[];
};

const toNewConsent = (
  { consent, sellerId, phoneId, disclosure, states }: ValidConsent,
  isWitnessed: boolean,
): NewConsent => ({
  type: "granted",
  phoneId,
  sellerId,
  purposes: consent.purposes,
  channels: consent.channels,
  elements: listElements({ ...consent, states, source: isWitnessed ? consent.source : "import" }),
  isWritten: isWritten(consent.source, consent.evidence),
  at: consent.obtainedAt,
  validUntil: consent.validUntil ?? null,
  source: consent.source,
  disclosure,
  contact: consent.contact && mendContact(consent.contact),
  form: null,
  placement: null,
  evidence: mendJson(consent.evidence),
});

/** Returns the contact to record for the phone. Even if that fails, as for a shared phone, the consent is recorded. */
function toContactRows({ consent, phone }: ValidConsent): ReadContactRow[] {
  if (!consent.contact) return [];
  const row = { ...mendContact(consent.contact), phones: [] };
  return [{ status: "read", line: 0, row, phones: [phone] }];
}

const mendContact = (contact: ConsentContact): ConsentContact =>
  Object.fromEntries(
    Object.entries(contact).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, mendText(value)] as const],
    ),
  );
