import { ErasePerson } from "@ringfence/core/desk/erasure";
import { Phone } from "@ringfence/core/people/phone";
import { type TransactionContext, command, holdLock } from "../../platform/internal.ts";
import { lockPhones } from "../../people/phone/internal.ts";
import { assertNotHeld } from "../legal-hold/internal.ts";
import { eraseContacts, erasePhones } from "./erase-contacts-and-phones.ts";
import { startFileErasure } from "./files/start-file-erasure.ts";
import { eraseFromSharedPhones, eraseSubjects } from "./erase-disclosures.ts";
import { type ErasureAct, recordErasure } from "./erasure-act.ts";
import type { MarkedPerson } from "./files/match-rows.ts";
import { voidConsents } from "./void-consents.ts";
import { type ErasablePerson, findErasablePerson } from "./erasable-person.ts";

/**
 * Erases a person: their names, numbers, evidence and notes, and the keys of statements about them, so that
 * backups become unreadable too. The ledger stays and still proves that nothing was changed; it holds only
 * hashes. Their opt-outs stay in force, found by a keyed hash of the number. Consents that can no longer be
 * proven become void. A number that also belongs to somebody who is not erased stays, with its consents and notes;
 * there, only what names the person is erased. An act on the ledger states what was erased. A worker then removes their
 * rows from stored files.
 */
export const erasePerson = command({
  name: "erasePerson",
  action: "person.erase",
  stepUp: true,
  input: ErasePerson,
  // Long, because an import may be working on the same people.
  transaction: { timeoutMs: 60_000 },
  run: (ctx, person) => applyErasure(ctx, person),
  // A row for each phone, or one row if there is none (`recordErasure`).
  audit: "by run",
});

/**
 * Erases a person in the caller's transaction, which asked for permission. Throws `not-found` if there is nobody, and
 * `conflict` if a legal hold keeps them. Locks in this order: "erasure", "contacts", "legal-holds", the phones. A
 * caller that takes one of these locks itself must keep to it.
 */
export async function applyErasure(
  ctx: TransactionContext,
  { person, reason }: ErasePerson,
): Promise<ErasureAct> {
  // Waits for transactions that have read these people: none of them may write them back after the erasure.
  await holdLock(ctx, "erasure");
  await holdLock(ctx, "contacts");
  const erasable = await findErasablePerson(ctx, person);
  const { phones, sharedPhoneIds, contactIds } = erasable;
  const phoneIds = phones.map(({ id }) => id);
  // Also by the numbers they share: of these, the particulars in everybody's consents are erased.
  await assertNotHeld(ctx, { contactIds, phoneIds: [...phoneIds, ...sharedPhoneIds] });
  const marked = await loadMarkedPerson(ctx, erasable);
  const lockedCtx = await lockPhones(ctx, [...phoneIds, ...sharedPhoneIds]);
  await voidConsents(lockedCtx, phoneIds);
  const erased = await eraseAll(ctx, erasable);
  const act = await recordErasure(ctx, { reason, erased, phoneIds, contactIds });
  await startFileErasure(ctx, act.id, marked);
  return act;
}

/** Erases everything, and counts what was erased by kind. */
async function eraseAll(
  ctx: TransactionContext,
  erasable: ErasablePerson,
): Promise<ErasureAct["erased"]> {
  const { phones, contactIds } = erasable;
  const phoneIds = phones.map(({ id }) => id);
  const sharedDisclosures = await eraseFromSharedPhones(ctx, erasable);
  const fields = await eraseContacts(ctx, contactIds);
  const rows = await erasePhones(ctx, phones);
  const disclosures = (await eraseSubjects(ctx, phoneIds)) + sharedDisclosures;
  return { ...fields, ...rows, disclosures };
}

/** Loads the data that identifies the person's rows in files. Must run before it is erased. */
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
