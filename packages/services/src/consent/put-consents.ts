import {
  type ConsentContact,
  elementsOf,
  isWrittenSource,
  type PurposeStanding,
  type RecordConsent,
} from "@ringfence/core/consent";
import type { ReadContactRow } from "@ringfence/core/contact";
import type { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/phone";
import { mendJson, mendText } from "@ringfence/core/text";
import { applyContacts } from "../contact/apply-contacts.ts";
import type { TransactionContext } from "../context.ts";
import type { DisclosureRef } from "../disclosure/disclosure-ref.ts";
import { internPhones } from "../phone/intern-phones.ts";
import { appendConsents } from "./append-consents.ts";
import { findWords } from "./find-words.ts";
import type { NewConsent } from "./new-consent.ts";
import { standingsOfConsents } from "./standings-of-consents.ts";

/** A consent that was read: of which phone, and to which seller. */
export type ReadyConsent = { consent: RecordConsent; phone: Phone; sellerId: SellerId };

export type PutConsent = {
  id: ConsentId;
  phoneId: PhoneId;
  isNew: boolean;
  standing: PurposeStanding[];
};

/**
 * Puts consents on record, however many, with their words and whose phones they are; null where the
 * disclosure that is named is not there.
 */
export const putConsents = async (
  ctx: TransactionContext,
  ready: readonly ReadyConsent[],
): Promise<(PutConsent | null)[]> => {
  const phones = await internPhones(
    ctx,
    ready.map(({ phone }) => phone),
  );
  const words = await findWords(
    ctx,
    ready.map(({ consent }) => consent.disclosure),
  );
  const sound = ready.flatMap((it, index) => {
    const [phoneId, disclosure] = [phones.get(it.phone)?.id, words[index]];
    return phoneId && disclosure ? [{ ...it, index, phoneId, disclosure }] : [];
  });
  await applyContacts(ctx, sound.flatMap(contactOf));

  const appended = await appendConsents(ctx, sound.map(grantOf));
  const put = sound.flatMap(({ index, phoneId }, at) => {
    const consent = appended[at];
    return consent ? [{ ...consent, index, phoneId }] : [];
  });
  const standings = await standingsOfConsents(ctx, put);
  const byIndex = new Map(
    put.map(({ index, ...it }, at) => [index, { ...it, standing: standings[at] ?? [] }]),
  );
  return ready.map((_, index) => byIndex.get(index) ?? null);
};

type SoundConsent = ReadyConsent & { phoneId: PhoneId; disclosure: DisclosureRef };

const grantOf = ({ consent, sellerId, phoneId, disclosure }: SoundConsent): NewConsent => ({
  type: "granted",
  phoneId,
  sellerId,
  purposes: consent.purposes,
  channels: consent.channels,
  elements: elementsOf(consent),
  isWritten: isWrittenSource(consent.source, consent.evidence),
  at: consent.obtainedAt,
  validUntil: consent.validUntil ?? null,
  source: consent.source,
  disclosure,
  contact: consent.contact && mendContact(consent.contact),
  form: null,
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
