import {
  ServiceError,
  type TransactionContext,
  allowSeller,
  appendAudit,
  command,
  holdLock,
} from "../../platform/internal.ts";
import {
  type ConsentContact,
  type ImportConsent,
  type PurposeStanding,
  RecordConsent,
  type Statement,
  listElements,
  isWritten,
  resolveConsent,
} from "@ringfence/core/consents/consent";
import type { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { Fault, Message } from "@ringfence/core/platform/message";
import { loadOrganization } from "../../account/organization/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { lastStatement } from "../../proof/statement/internal.ts";
import { listConsentEventIds } from "../../proof/record/internal.ts";
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
import { internPhones } from "../../people/phone/internal.ts";
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
  /** One for each field that was recorded differently from the request. */
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
  run: async (ctx, input): Promise<RecordedConsent> => {
    const { phone, sellerId, fault } = resolveConsent(input, {
      sellers: await loadSellers(ctx),
      purposes: await loadPurposes(ctx),
      region: (await loadOrganization(ctx)).homeRegion,
      now: ctx.now,
    });
    if (fault) throw toServiceError(fault);
    allowSeller(ctx, sellerId);

    const [put] = await saveConsents(ctx, [{ consent: input, phone, sellerId }]);
    if (!put) throw new Error("a consent got no answer");
    if (put.fault) throw toServiceError(put.fault);
    const { id, phoneId, isNew, standing } = put;
    await appendAudit(ctx, "consent.record", { phoneId, consentId: id, isNew });
    const statement = await lastStatement(ctx, await listConsentEventIds(ctx, id));
    return { id, standing, statement, notes: [] };
  },
  audit: "by run",
});

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
      standing: PurposeStanding[];
      fault?: never;
    }
  /** The text does not exist, or asks something else. */
  | { fault: Fault };

/** Saves any number of consents, with their texts and contacts. */
export const saveConsents = async (
  ctx: TransactionContext,
  ready: readonly ConsentToSave[],
): Promise<SaveConsentResult[]> => {
  if (ready.some(({ consent }) => consent.contact)) await holdLock(ctx, "contacts");
  const phones = await internPhones(
    ctx,
    ready.map(({ phone }) => phone),
  );
  const words = await resolveShownWording(
    ctx,
    ready.map(({ consent }) => consent.disclosure),
  );
  const faults = ready.map((it, index) => findWordingFault(it, words[index] ?? null));
  const sound = ready.flatMap((it, index) => {
    const { disclosure = null, terms } = words[index] ?? {};
    const phoneId = phones.get(it.phone)?.id;
    const states = terms?.states ?? [];
    return phoneId && !faults[index] ? [{ ...it, index, phoneId, disclosure, states }] : [];
  });
  await applyContacts(ctx, sound.flatMap(toContactRows));

  // Nobody here saw how the consents of a file were given, whatever source it names.
  const isSeen = ctx.actor.type !== "job";
  const appended = await insertConsents(
    ctx,
    sound.map((it) => toNewConsent(it, isSeen)),
  );
  const put = sound.flatMap(({ index, phoneId }, at) => {
    const consent = appended[at];
    return consent ? [{ ...consent, index, phoneId }] : [];
  });
  const standings = await loadStandings(ctx, put);
  const byIndex = new Map(
    put.map(({ index, ...it }, at) => [index, { ...it, standing: standings[at] ?? [] }]),
  );
  return ready.map((_, index) => {
    const [fault, done] = [faults[index], byIndex.get(index)];
    if (fault) return { fault };
    if (!done) throw new Error("a consent was neither put on record nor refused");
    return done;
  });
};

function findWordingFault(
  { consent, sellerId }: ConsentToSave,
  words: ResolvedWording | null,
): Fault | null {
  if (words === null) return { path: "/disclosure", message: { key: "disclosure.unknown" } };
  return words.terms && findTermsFault(words.terms, { ...consent, sellerId });
}

type ValidConsent = ConsentToSave & {
  phoneId: PhoneId;
  disclosure: DisclosureRef | null;
  /** Elements that the published text states. */
  states: readonly Statement[];
};

const toNewConsent = (
  { consent, sellerId, phoneId, disclosure, states }: ValidConsent,
  isSeen: boolean,
): NewConsent => ({
  type: "granted",
  phoneId,
  sellerId,
  purposes: consent.purposes,
  channels: consent.channels,
  elements: listElements({ ...consent, states, source: isSeen ? consent.source : "import" }),
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

/** Contact to record for the phone. If several people share the phone, the consent is still recorded. */
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
