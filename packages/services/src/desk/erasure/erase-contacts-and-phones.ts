import type { ContactId } from "@ringfence/core/ids";
import { type Phone, nationalDigits } from "@ringfence/core/people/phone";
import { sql } from "kysely";
import {
  type TransactionContext,
  computePhoneKey,
  holdKeys,
  toTable,
} from "../../platform/internal.ts";
import type { ErasablePerson } from "./erasable-person.ts";

/**
 * Erases the data of contacts, the reasons of legal holds on them, and notes that name them (`eraseNotesWith`). Their
 * empty rows stay linked to their phones, because an opt-out still applies to all phones of the person. Returns the
 * number of contacts that had each value, and of activities that were changed.
 */
export async function eraseContacts(ctx: TransactionContext, contactIds: readonly ContactId[]) {
  const { db, organizationId, now } = ctx;
  const before = await db.contact.findMany({
    where: { organizationId, id: { in: [...contactIds] } },
    select: { name: true, email: true, externalId: true },
  });
  await db.$executeRaw`
    UPDATE contact SET external_id = NULL, name = NULL, email = NULL, locale = NULL, zone = NULL,
      address_region = NULL, attributes = '{}', erased_at = ${now}, updated_at = ${now}
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${contactIds}::uuid[])`;
  const countWith = (field: keyof (typeof before)[number]) =>
    before.filter((contact) => contact[field] !== null).length;
  await db.legalHoldReason.deleteMany({
    where: { organizationId, hold: { contactId: { in: [...contactIds] } } },
  });
  const words = before.flatMap(({ name, email }) => [name, email].filter((one) => one !== null));
  await eraseNotesWith(ctx, words);
  return {
    name: countWith("name"),
    email: countWith("email"),
    external_id: countWith("externalId"),
    activity: await eraseActivities(ctx, contactIds),
  };
}

/**
 * Erases the sender's id, category and properties of activities, and deletes their totals and preferences (rollups).
 * Type, time, amount and the link to the emptied contact stay. Call it once the contacts are erased: the database
 * refuses it before. Returns the number of activities changed.
 */
async function eraseActivities(
  { db, organizationId }: TransactionContext,
  contactIds: readonly ContactId[],
): Promise<number> {
  const contacts = await db.contact.findMany({
    where: { organizationId, id: { in: [...contactIds] } },
    select: { ordinal: true },
  });
  const ordinals = contacts.map(({ ordinal }) => ordinal);
  const where = { organizationId, contactOrdinal: { in: ordinals } };
  await db.preferenceRollup.deleteMany({ where });
  await db.activityRollup.deleteMany({ where });
  return db.$executeRaw`
    UPDATE activity SET key = 'erased/' || gen_random_uuid(), category = NULL, properties = '{}'
    WHERE organization_id = ${organizationId}::uuid AND contact_ordinal = ANY (${ordinals}::int[])
      AND NOT (key ~ '^erased/[0-9a-f-]{36}$' AND category IS NULL AND properties = '{}')`;
}

/** The shortest name or mailbox that is searched for. Shorter ones would be found inside other words. */
const MIN_WORD_LENGTH = 4;
const MIN_NATIONAL_DIGITS = 7;

/**
 * Deletes free text that belongs to nobody in particular and has one of these names, mailboxes or numbers in it: notes
 * on steps of campaigns, and reasons of legal holds. A number is found however its digits are separated, with or without
 * its country code. A national number of few digits is found only with it: it could be a part of something else.
 */
async function eraseNotesWith(
  { db, organizationId }: TransactionContext,
  words: readonly string[],
  numbers: readonly Phone[] = [],
) {
  const told = words.map((word) => word.trim()).filter(({ length }) => length >= MIN_WORD_LENGTH);
  // Every number with its country code ends with its national one.
  const digits = numbers.map((number) => {
    const national = nationalDigits(number);
    return national.length >= MIN_NATIONAL_DIGITS ? national : number.slice(1);
  });
  if (told.length + digits.length === 0) return;
  for (const table of ["campaign_note", "legal_hold_reason"]) {
    await sql`
      DELETE FROM ${sql.table(table)} AS note
      WHERE note.organization_id = ${organizationId}::uuid AND (
        EXISTS (SELECT FROM unnest(${told}::text[]) AS word WHERE strpos(lower(text), lower(word)) > 0)
        OR EXISTS (
          SELECT FROM unnest(${digits}::text[]) AS number
          WHERE strpos(regexp_replace(text, '[^0-9]', '', 'g'), number) > 0))`.execute(db.$kysely);
  }
}

type Phones = ErasablePerson["phones"];

/**
 * Erases phones of nobody else, and what is stored with them: evidence of consents, notes on opt-outs, corrections and
 * violations (counted together as `note`), confirmations, receipt mails, texts of messages, texts and senders' ids of
 * complaints with what was written about them, codes that open the person's own record, and stored responses of the
 * API. Calls stay. Returns the numbers of rows by kind, without receipt mails, codes and responses.
 */
export async function erasePhones(ctx: TransactionContext, phones: Phones) {
  const ids = phones.map(({ id }) => id);
  const { db, organizationId } = ctx;
  await deleteStoredResponses(ctx, phones);
  await eraseNotesWith(
    ctx,
    [],
    phones.flatMap(({ phone }) => phone ?? []),
  );
  const evidence = await db.$executeRaw`
    DELETE FROM evidence USING consent_event AS event
    WHERE evidence.organization_id = ${organizationId}::uuid
      AND event.organization_id = evidence.organization_id AND event.id = consent_event_id
      AND event.phone_id = ANY (${ids}::uuid[])`;
  const note = await db.$executeRaw`
    DELETE FROM opt_out_note USING opt_out
    WHERE opt_out_note.organization_id = ${organizationId}::uuid
      AND opt_out.organization_id = opt_out_note.organization_id
      AND opt_out.id = opt_out_id AND phone_id = ANY (${ids}::uuid[])`;
  const correctionReason = await db.$executeRaw`
    DELETE FROM opt_out_correction_reason AS reason USING opt_out_correction AS correction, opt_out
    WHERE reason.organization_id = ${organizationId}::uuid
      AND correction.organization_id = reason.organization_id AND correction.id = correction_id
      AND opt_out.organization_id = correction.organization_id
      AND opt_out.id IN (opt_out_id, replacement_id) AND phone_id = ANY (${ids}::uuid[])`;
  const violationNote = await db.$executeRaw`
    DELETE FROM violation_note USING violation_step AS step, violation, call
    WHERE violation_note.organization_id = ${organizationId}::uuid
      AND step.organization_id = violation_note.organization_id AND step.id = step_id
      AND violation.organization_id = step.organization_id AND violation.id = violation_id
      AND call.organization_id = violation.organization_id AND call.id = violation.call_id
      AND call.phone_id = ANY (${ids}::uuid[])`;
  const confirmation = await db.confirmation.deleteMany({
    where: { organizationId, phoneId: { in: ids } },
  });
  await db.$executeRaw`
    DELETE FROM receipt_mail
    WHERE organization_id = ${organizationId}::uuid AND opt_out_ids && ARRAY (
      SELECT id FROM opt_out
      WHERE organization_id = ${organizationId}::uuid AND phone_id = ANY (${ids}::uuid[]))`;
  // The row stays without its text, because an officer must still check whether the message was an opt-out.
  const question = await db.refusalQuestion.updateMany({
    where: {
      organizationId,
      phoneId: { in: ids },
      OR: [{ text: { not: "" } }, { mailbox: { not: null } }],
    },
    data: { text: "", mailbox: null },
  });
  // The authority and its number of the case stay, to show that it was answered. The sender's id leads to the person.
  const complaint = await db.complaint.updateMany({
    where: {
      organizationId,
      phoneId: { in: ids },
      OR: [{ text: { not: "" } }, { externalId: { not: null } }],
    },
    data: { text: "", externalId: null },
  });
  await eraseComplaintWords(ctx, ids);
  await db.personCode.deleteMany({ where: { organizationId, phoneId: { in: ids } } });
  const counts = {
    confirmation: confirmation.count,
    question: question.count,
    complaint: complaint.count,
  };
  return {
    evidence,
    note: note + correctionReason + violationNote,
    ...counts,
    phone: await eraseNumbers(ctx, phones),
  };
}

/** Erases what members wrote about complaints: notes, answers, reasons of decisions and of evidence packs, and tasks. */
async function eraseComplaintWords(
  { db, organizationId }: TransactionContext,
  phoneIds: readonly string[],
) {
  await db.$executeRaw`
    DELETE FROM complaint_note USING complaint_event AS event, complaint
    WHERE complaint_note.organization_id = ${organizationId}::uuid
      AND event.organization_id = complaint_note.organization_id AND event.id = event_id
      AND complaint.organization_id = event.organization_id AND complaint.id = event.complaint_id
      AND phone_id = ANY (${[...phoneIds]}::uuid[])`;
  await db.evidencePackReason.deleteMany({
    where: { organizationId, pack: { complaint: { phoneId: { in: [...phoneIds] } } } },
  });
  await db.$executeRaw`
    DELETE FROM legal_hold_reason USING legal_hold AS hold, complaint
    WHERE legal_hold_reason.organization_id = ${organizationId}::uuid
      AND hold.organization_id = legal_hold_reason.organization_id AND hold.id = hold_id
      AND complaint.organization_id = hold.organization_id AND complaint.id = hold.complaint_id
      AND phone_id = ANY (${[...phoneIds]}::uuid[])`;
  await db.complaintTask.updateMany({
    where: { organizationId, complaint: { phoneId: { in: [...phoneIds] } } },
    data: { title: "" },
  });
}

/**
 * Replaces numbers with a keyed hash, by which their opt-outs are still found. Returns how many there were to replace.
 */
async function eraseNumbers({ db, organizationId, keys }: TransactionContext, phones: Phones) {
  // Locks the key until commit: if it were rotated meanwhile, the hash would no longer be found.
  const secret = await keys.phoneSecret(organizationId, await holdKeys(db));
  const numbered = phones.flatMap(({ id, phone }) =>
    phone === null ? [] : [{ id, key: computePhoneKey(secret, phone) }],
  );
  await db.$executeRaw`
    UPDATE phone SET e164 = NULL, line_type = NULL, line_type_at = NULL, phone_key = erased.key
    FROM ${toTable(numbered, { id: "uuid", key: "bytea" })} AS erased
    WHERE organization_id = ${organizationId}::uuid AND phone.id = erased.id`;
  return numbered.length;
}

/** Deletes the stored responses of idempotent requests, because they contain numbers and signed statements. */
async function deleteStoredResponses({ db, organizationId }: TransactionContext, phones: Phones) {
  const numbers = phones.flatMap(({ phone }) => phone ?? []);
  const ids = phones.map(({ id }) => id);
  await db.$executeRaw`
    DELETE FROM idempotent_answer WHERE organization_id = ${organizationId}::uuid AND EXISTS (
      SELECT FROM (
        SELECT unnest(${numbers}::text[]) AS named
        UNION SELECT consent_id::text FROM consent_event
          WHERE organization_id = ${organizationId}::uuid AND phone_id = ANY (${ids}::uuid[])
        UNION SELECT id::text FROM opt_out
          WHERE organization_id = ${organizationId}::uuid AND phone_id = ANY (${ids}::uuid[])
      ) AS theirs WHERE strpos(body, named) > 0)`;
}
