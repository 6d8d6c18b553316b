import { command } from "../../platform/verb.ts";
import {
  type ConsentContact,
  type ImportConsent,
  type PurposeStanding,
  RecordConsent,
  type Statement,
  elementsOf,
  isWrittenSource,
  readConsent,
} from "@ringfence/core/consents/consent";
import type { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { Fault, Message } from "@ringfence/core/platform/message";
import { allowSeller } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { loadOrganization } from "../../account/organization/organization.ts";
import { loadPurposes } from "../../account/purpose/purposes.ts";
import { loadSellers } from "../../account/seller/sellers.ts";
import { lastStatement } from "../../proof/statement/open-statements.ts";
import { listConsentEventIds } from "../../proof/record/consent-macs.ts";
import { termsFault } from "@ringfence/core/consents/disclosure";
import type { ReadContactRow } from "@ringfence/core/people/contact";
import type { Phone } from "@ringfence/core/people/phone";
import { mendJson, mendText } from "@ringfence/core/platform/text";
import { applyContacts } from "../../people/contact/record-contacts.ts";
import type { TransactionContext } from "../../platform/context.ts";
import type { DisclosureRef } from "../disclosure/disclosure.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { internPhones } from "../../people/phone/intern-phones.ts";
import { appendConsents } from "./insert.ts";
import { type FoundWords, findWords } from "../disclosure/shown-wording.ts";
import type { NewConsent } from "./consent.ts";
import { standingsOfConsents } from "./standing.ts";

/** What became of a consent for each purpose: `held` where a refusal stands against it (contract 6). */
export type ConsentAnswer = {
  id: ConsentId;
  standing: readonly PurposeStanding[];
  /** SD-JWT: what was stated of it, signed, with all that it discloses. */
  statement: string;
  /** Where what is on record is not what was sent. */
  notes: readonly Message[];
};

/**
 * Puts on record that a person agreed to calls, with what proves it. Safe to repeat: the same grant
 * is recorded once. It lifts no refusal: that takes an act which no caller can make alone.
 */
export const recordConsent = command({
  name: "recordConsent",
  action: "consent.record",
  input: RecordConsent,
  run: async (ctx, input): Promise<ConsentAnswer> => {
    const { phone, sellerId, fault } = readConsent(input, {
      sellers: await loadSellers(ctx),
      purposes: await loadPurposes(ctx),
      region: (await loadOrganization(ctx)).homeRegion,
      now: ctx.now,
    });
    if (fault) throw errorOf(fault);
    allowSeller(ctx, sellerId);

    const [put] = await putConsents(ctx, [{ consent: input, phone, sellerId }]);
    if (!put) throw new Error("a consent got no answer");
    if (put.fault) throw errorOf(put.fault);
    const { id, phoneId, isNew, standing } = put;
    await appendAudit(ctx, "consent.record", { phoneId, consentId: id, isNew });
    const statement = await lastStatement(ctx, await listConsentEventIds(ctx, id));
    return { id, standing, statement, notes: [] };
  },
  audit: "by run",
});

/** What names something that is not there is a slip in the request. */
function errorOf({ path, message }: Fault) {
  const names = /^\/(seller|purposes|channels|disclosure)/.test(path);
  return new ServiceError(names ? "invalid-field" : "invalid", message, path);
}

/** A consent that was read: of which phone, and to which seller. */
type ReadyConsent = { consent: ImportConsent; phone: Phone; sellerId: SellerId };

export type PutConsent =
  | {
      id: ConsentId;
      phoneId: PhoneId;
      isNew: boolean;
      standing: PurposeStanding[];
      fault?: never;
    }
  /** Of its words: they are not there, or ask something else. */
  | { fault: Fault };

/** Puts consents on record, however many, with their words and whose phones they are. */
export const putConsents = async (
  ctx: TransactionContext,
  ready: readonly ReadyConsent[],
): Promise<PutConsent[]> => {
  if (ready.some(({ consent }) => consent.contact)) await holdLock(ctx, "contacts");
  const phones = await internPhones(
    ctx,
    ready.map(({ phone }) => phone),
  );
  const words = await findWords(
    ctx,
    ready.map(({ consent }) => consent.disclosure),
  );
  const faults = ready.map((it, index) => wordsFault(it, words[index] ?? null));
  const sound = ready.flatMap((it, index) => {
    const { disclosure = null, terms } = words[index] ?? {};
    const phoneId = phones.get(it.phone)?.id;
    const states = terms?.states ?? [];
    return phoneId && !faults[index] ? [{ ...it, index, phoneId, disclosure, states }] : [];
  });
  await applyContacts(ctx, sound.flatMap(contactOf));

  // Of a file nobody of ours saw how its consents were given, whatever source it names.
  const isSeen = ctx.actor.type !== "job";
  const appended = await appendConsents(
    ctx,
    sound.map((it) => grantOf(it, isSeen)),
  );
  const put = sound.flatMap(({ index, phoneId }, at) => {
    const consent = appended[at];
    return consent ? [{ ...consent, index, phoneId }] : [];
  });
  const standings = await standingsOfConsents(ctx, put);
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

function wordsFault({ consent, sellerId }: ReadyConsent, words: FoundWords | null): Fault | null {
  if (words === null) return { path: "/disclosure", message: { key: "disclosure.unknown" } };
  return words.terms && termsFault(words.terms, { ...consent, sellerId });
}

type SoundConsent = ReadyConsent & {
  phoneId: PhoneId;
  disclosure: DisclosureRef | null;
  /** What a published text states. */
  states: readonly Statement[];
};

const grantOf = (
  { consent, sellerId, phoneId, disclosure, states }: SoundConsent,
  isSeen: boolean,
): NewConsent => ({
  type: "granted",
  phoneId,
  sellerId,
  purposes: consent.purposes,
  channels: consent.channels,
  elements: elementsOf({ ...consent, states, source: isSeen ? consent.source : "import" }),
  isWritten: isWrittenSource(consent.source, consent.evidence),
  at: consent.obtainedAt,
  validUntil: consent.validUntil ?? null,
  source: consent.source,
  disclosure,
  contact: consent.contact && mendContact(consent.contact),
  form: null,
  placement: null,
  evidence: mendJson(consent.evidence),
});

/** Whose phone it is. Who that cannot be, because several share it, is no reason to lose a consent. */
function contactOf({ consent, phone }: SoundConsent): ReadContactRow[] {
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
