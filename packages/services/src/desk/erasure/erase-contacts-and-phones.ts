import type { ContactId } from "@ringfence/core/ids";
import { type TransactionContext, computePhoneKey, holdKeys } from "../../platform/internal.ts";
import type { ErasablePerson } from "./erasable-person.ts";

/**
 * Erases the data of contacts. Their empty rows keep the ids of their phones, because an opt-out continues
 * to count for the person over all phones.
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
  const having = (field: keyof (typeof before)[number]) =>
    before.filter((contact) => contact[field] !== null).length;
  return {
    name: having("name"),
    email: having("email"),
    external_id: having("externalId"),
    activity: await eraseActivities(ctx, contactIds),
  };
}

/**
 * Erases what activities say: the sender's ids, categories, properties and rollups. When they happened and
 * their amounts stay. The database requires that the contacts are erased first. Returns how many activities
 * lost something.
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
      AND key NOT LIKE 'erased/%'`;
}

type Phones = ErasablePerson["phones"];

/** Erases numbers, and the personal data stored with consents, opt-outs, calls, complaints and codes. */
export async function erasePhones(ctx: TransactionContext, phones: Phones) {
  const ids = phones.map(({ id }) => id);
  const { db, organizationId } = ctx;
  await eraseIdempotentAnswers(ctx, phones);
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
  // The question stays, because it may be an opt-out that a person has to check.
  const question = await db.refusalQuestion.updateMany({
    where: {
      organizationId,
      phoneId: { in: ids },
      OR: [{ text: { not: "" } }, { mailbox: { not: null } }],
    },
    data: { text: "", mailbox: null },
  });
  const complaint = await db.complaint.updateMany({
    where: { organizationId, phoneId: { in: ids }, text: { not: "" } },
    data: { text: "" },
  });
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

/** Replaces numbers by a keyed hash, so that their opt-outs are still found. */
async function eraseNumbers({ db, organizationId, keys }: TransactionContext, phones: Phones) {
  // Locked until commit, because a hash of an older generation could not be found after the key is rotated.
  const secret = await keys.phoneSecret(organizationId, await holdKeys(db));
  const numbered = phones.flatMap(({ id, phone }) =>
    phone === null ? [] : [{ id, key: computePhoneKey(secret, phone) }],
  );
  await db.$executeRaw`
    UPDATE phone SET e164 = NULL, line_type = NULL, line_type_at = NULL, phone_key = erased.key
    FROM unnest(${numbered.map(({ id }) => id)}::uuid[], ${numbered.map(({ key }) => key)}::bytea[])
      AS erased (id, key)
    WHERE organization_id = ${organizationId}::uuid AND phone.id = erased.id`;
  return numbered.length;
}

/** Erases stored answers to repeatable requests. They repeat numbers and signed statements. */
async function eraseIdempotentAnswers({ db, organizationId }: TransactionContext, phones: Phones) {
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
