import { LiftRestriction, RestrictContact } from "@ringfence/core/desk/restriction";
import { type ContactId, PhoneId } from "@ringfence/core/ids";
import { sql } from "kysely";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  command,
  selectRows,
  toStoredActor,
} from "../../platform/internal.ts";
import { lockPhones } from "../../people/phone/internal.ts";
import { endRestrictions, saveSuppressions } from "../../do-not-call/suppression/internal.ts";

/*
 * While the processing of a contact's data is restricted, each of their phones has a suppression with the reason
 * `restriction`. A suppression counts for the person over all phones, wherever calls are judged: in screenings,
 * permits, scrubs, hand-overs, counts of segments, and the check of past calls. Its end counts only with a MAC. Whoever
 * can write to the database can still delete the row of the suppression, which the audit of the record notices
 * (`auditRecord`).
 */

/**
 * Restricts the processing of a contact's data from now on: nobody may call the person by any phone, nor anybody who
 * shares one. Throws `conflict` if a restriction is in force, or the contact has no phone.
 */
export const restrictContact = command({
  name: "restrictContact",
  action: "restriction.change",
  forAllSellers: true,
  input: RestrictContact,
  run: async (ctx, { contactId, ground }) => {
    const { db, organizationId, actor } = ctx;
    await lockContact(ctx, contactId);
    if ((await findRestriction(ctx, contactId)) !== null)
      throw new ServiceError("conflict", { key: "restriction.in-force" });
    const phoneIds = await listPhones(ctx, contactId);
    // Without a phone there is nothing by which a call could be recognized as one to this person.
    if (phoneIds.length === 0) throw new ServiceError("conflict", { key: "restriction.no-phone" });
    await saveSuppressions(
      ctx,
      phoneIds.map((phoneId) => ({ phoneId, reason: "restriction", at: null, until: null })),
    );
    const { id, at } = await db.contactRestriction.create({
      data: { organizationId, contactId, ground, at: ctx.now, actor: toStoredActor(actor) },
    });
    return { restrictionId: id, at };
  },
  audit: ({ restrictionId }, { contactId, ground }) => ({ contactId, restrictionId, ground }),
  answer: ({ at }) => ({ at }),
});

/**
 * Lifts the restriction of a contact. A phone that another restricted contact shares stays suppressed. Calls that it
 * stopped, or that were placed in spite of it, stay judged. Throws `conflict` if no restriction is in force.
 */
export const liftRestriction = command({
  name: "liftRestriction",
  action: "restriction.change",
  forAllSellers: true,
  stepUp: true,
  input: LiftRestriction,
  run: async (ctx, { contactId, reason }) => {
    const { db, organizationId, actor, now } = ctx;
    await lockContact(ctx, contactId);
    // Before it reads who shares the phones: another contact may be restricted at the same time.
    await lockPhones(ctx, await listPhones(ctx, contactId));
    const restrictionId = await findRestriction(ctx, contactId);
    if (restrictionId === null)
      throw new ServiceError("conflict", { key: "restriction.not-in-force" });
    await db.contactRestrictionEnd.create({
      data: { organizationId, restrictionId, reason, at: now, actor: toStoredActor(actor) },
    });
    await endRestrictions(ctx, await listReleasedPhones(ctx, contactId));
    return { restrictionId };
  },
  audit: ({ restrictionId }, { contactId, reason }) => ({
    contactId,
    restrictionId,
    lifted: reason,
    isPersonTold: true,
  }),
  answer: () => {},
});

/** Locks the contact, so that two officers do not restrict or lift at once. */
async function lockContact({ db, organizationId }: TransactionContext, contactId: ContactId) {
  const rows = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    SELECT id FROM contact WHERE organization_id = ${organizationId}::uuid AND id = ${contactId}::uuid
    FOR UPDATE`,
  );
  if (rows.length === 0) throw new ServiceError("not-found", { key: "contact.not-found" });
}

/** Finds the id of the restriction in force; null if there is none. */
async function findRestriction(
  { db, organizationId }: TransactionContext,
  contactId: ContactId,
): Promise<string | null> {
  const found = await db.contactRestriction.findFirst({
    where: { organizationId, contactId, end: null },
    select: { id: true },
  });
  return found?.id ?? null;
}

async function listPhones({ db, organizationId }: TransactionContext, contactId: ContactId) {
  const rows = await db.contactPhone.findMany({
    where: { organizationId, contactId },
    select: { phoneId: true },
  });
  return rows.map(({ phoneId }) => PhoneId.parse(phoneId));
}

/** Lists the contact's phones that no other restricted contact shares. */
async function listReleasedPhones(ctx: TransactionContext, contactId: ContactId) {
  const { db, organizationId } = ctx;
  const rows = await selectRows(
    { db },
    z.object({ phoneId: PhoneId }),
    sql`
    SELECT phone_id AS "phoneId" FROM contact_phone AS own
    WHERE organization_id = ${organizationId}::uuid AND contact_id = ${contactId}::uuid
      AND NOT EXISTS (
        SELECT FROM contact_phone AS other
        JOIN contact_restriction AS restriction
          ON restriction.organization_id = other.organization_id
          AND restriction.contact_id = other.contact_id
        LEFT JOIN contact_restriction_end AS lifted
          ON lifted.organization_id = restriction.organization_id
          AND lifted.restriction_id = restriction.id
        WHERE other.organization_id = own.organization_id AND other.phone_id = own.phone_id
          AND other.contact_id <> own.contact_id AND lifted.restriction_id IS NULL)`,
  );
  return rows.map(({ phoneId }) => phoneId);
}
