import type { ErasePerson } from "@ringfence/core/desk/erasure";
import { Phone } from "@ringfence/core/people/phone";
import { allow } from "../../platform/access/allow.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { eraseContacts, erasePhones } from "./erase-data.ts";
import { startFileErasure } from "./files/start-file-erasure.ts";
import { eraseFromSharedPhones, eraseSubjects } from "./erase-disclosures.ts";
import { type ErasureAct, recordErasure } from "./erasure-act.ts";
import type { MarkedPerson } from "./files/match-rows.ts";
import { voidConsents } from "./void-consents.ts";
import { type ErasablePerson, findErasablePerson } from "./erasable-person.ts";

/** An import may be at work on the same people. */
const TIMEOUT_MS = 60_000;

/**
 * Erases a person: what names them, their numbers, evidence and notes, and the key of all that was
 * stated of them, so that backups are unreadable too. What is on the ledger stays and still proves
 * that nothing was changed, to nobody's harm, for it holds hashes. Their refusals go on being obeyed,
 * by a keyed hash of the number. Consents that can no longer be proven are found void. An act says
 * what was erased, and goes on the ledger. Their rows go from stored files soon after, by a worker.
 */
export async function erasePerson(
  ctx: ServiceContext,
  { person, reason }: ErasePerson,
): Promise<ErasureAct> {
  allow(ctx, "person.erase");

  const erase = async (ctx: TransactionContext) => {
    // What is read of people before this is written before it, or not at all.
    await holdLock(ctx, "erasure");
    await holdLock(ctx, "contacts");
    const erasable = await findErasablePerson(ctx, person);
    const { phones, sharedPhoneIds, contactIds } = erasable;
    const marked = await loadMarkedPerson(ctx, erasable);
    const phoneIds = phones.map(({ id }) => id);
    const later = await lockPhones(ctx, [...phoneIds, ...sharedPhoneIds]);
    await voidConsents(later, phoneIds);
    const erased = await eraseAll(ctx, erasable);
    const act = await recordErasure(ctx, { reason, erased, phoneIds, contactIds });
    await startFileErasure(ctx, act.id, marked);
    return act;
  };
  return inTransaction(ctx, erase, { timeoutMs: TIMEOUT_MS });
}

/** How many of each went, by what it is called. */
async function eraseAll(
  ctx: TransactionContext,
  erasable: ErasablePerson,
): Promise<ErasureAct["erased"]> {
  const { phones, contactIds } = erasable;
  const phoneIds = phones.map(({ id }) => id);
  const ofShared = await eraseFromSharedPhones(ctx, erasable);
  const fields = await eraseContacts(ctx, contactIds);
  const rows = await erasePhones(ctx, phones);
  const disclosures = (await eraseSubjects(ctx, phoneIds)) + ofShared;
  return { ...fields, ...rows, disclosures };
}

/** Computes the marks of their rows in files. Must run before their data is gone. */
async function loadMarkedPerson(
  { db, organizationId }: TransactionContext,
  { contactIds, phones, sharedPhoneIds }: ErasablePerson,
): Promise<MarkedPerson> {
  const contacts = await db.contact.findMany({
    where: { organizationId, id: { in: contactIds } },
    select: { name: true, email: true, externalId: true },
  });
  const shared = await db.phone.findMany({
    where: { organizationId, id: { in: sharedPhoneIds }, e164: { not: null } },
    select: { e164: true },
  });
  return {
    phones: phones.flatMap(({ phone }) => phone ?? []),
    sharedPhones: shared.map(({ e164 }) => Phone.parse(e164)),
    emails: contacts.flatMap(({ email }) => email ?? []),
    externalIds: contacts.flatMap(({ externalId }) => externalId ?? []),
    names: contacts.flatMap(({ name }) => name ?? []),
  };
}
