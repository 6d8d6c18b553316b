import {
  type ConsentContact,
  type ImportConsent,
  type PurposeStanding,
  type Statement,
  elementsOf,
  isWrittenSource,
} from "@ringfence/core/consents/consent";
import type { Fault } from "@ringfence/core/platform/message";
import { termsFault } from "@ringfence/core/consents/disclosure";
import type { ReadContactRow } from "@ringfence/core/people/contact";
import type { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { mendJson, mendText } from "@ringfence/core/platform/text";
import { applyContacts } from "../../people/contact/record-contacts.ts";
import type { TransactionContext } from "../../platform/context.ts";
import type { DisclosureRef } from "../disclosure/disclosure-ref.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { internPhones } from "../../people/phone/intern-phones.ts";
import { appendConsents } from "./append-consents.ts";
import { type FoundWords, findWords } from "./find-words.ts";
import type { NewConsent } from "./new-consent.ts";
import { standingsOfConsents } from "./standings-of-consents.ts";

/** A consent that was read: of which phone, and to which seller. */
export type ReadyConsent = { consent: ImportConsent; phone: Phone; sellerId: SellerId };

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
