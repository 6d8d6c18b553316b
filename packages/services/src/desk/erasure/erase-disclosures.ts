import { sql } from "kysely";
import type { ContactId, PhoneId } from "@ringfence/core/ids";
import type { PersonalClaim } from "@ringfence/core/proof/ledger";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import {
  SealedDisclosure,
  createSubjectKeys,
  lockSubjects,
  openDisclosures,
  openStatements,
  storeDisclosures,
} from "../../proof/statement/internal.ts";

/**
 * Erases single claims of statements about these phones: of the statements `entryIds`, or of all if it is null. All
 * remaining claims about these phones are sealed with a new key, because a backup could still be read with the old one.
 * Locks the phones' keys until the transaction ends. Returns how many claims were erased.
 */
export async function eraseDisclosures(
  ctx: TransactionContext,
  subjectIds: readonly PhoneId[],
  claims: readonly PersonalClaim[],
  entryIds: readonly string[] | null = null,
): Promise<number> {
  const { db, organizationId } = ctx;
  const subjects = await lockSubjects(ctx, subjectIds);
  let erased = 0;
  for (const { id, key } of subjects.values()) {
    const deleted = await selectRows(
      { db },
      SealedDisclosure,
      sql`
      DELETE FROM vault.disclosure USING vault.statement
      WHERE disclosure.organization_id = ${organizationId}::uuid
        AND statement.organization_id = disclosure.organization_id
        AND statement.entry_id = disclosure.entry_id AND subject_id = ${id}::uuid
      RETURNING disclosure.entry_id AS "entryId", claim, sealed`,
    );
    const names: ReadonlySet<string> = new Set(claims);
    const isErased = ({ entryId, claim }: SealedDisclosure) =>
      names.has(claim) && (entryIds === null || entryIds.includes(entryId));
    const kept = openDisclosures(
      organizationId,
      deleted.filter((disclosure) => !isErased(disclosure)),
      key,
    );
    const newKey = (await createSubjectKeys(ctx, [id])).get(id);
    if (!newKey) throw new Error("a subject got no key");
    await storeDisclosures(
      ctx,
      kept.map((disclosure) => ({ ...disclosure, key: newKey })),
    );
    erased += deleted.length - kept.length;
  }
  return erased;
}

/**
 * Claims that name somebody. They are erased from every statement about a shared phone, whoever it is about. The number
 * and all other claims stay, because they are about others too.
 */
const namingClaims: readonly PersonalClaim[] = ["name", "email", "external_id", "signature"];
/** Traces of the person. They are erased only from consents that carry the person's name or signature. */
const traceClaims: readonly PersonalClaim[] = ["ip", "user_agent", "recording", "scan"];

/**
 * Erases the person from statements and evidence about phones that others share: the naming claims of all statements
 * about these phones, and the traces in the person's own consents. Call it while contacts still have the names by which
 * their consents are found. Returns how many claims were erased from statements.
 */
export async function eraseFromSharedPhones(
  ctx: TransactionContext,
  { contactIds, sharedPhoneIds }: { contactIds: ContactId[]; sharedPhoneIds: PhoneId[] },
): Promise<number> {
  const names = await loadNames(ctx, contactIds);
  const isTheirs = (name: unknown) => typeof name === "string" && names.has(normalizeName(name));
  const stated = await openStatements(ctx, { subjects: sharedPhoneIds });
  const theirs = stated.filter(({ claims }) => isTheirs(claims.name) || isTheirs(claims.signature));
  await eraseEvidence(ctx, {
    sharedPhoneIds,
    events: theirs.map(({ about }) => about),
    names: [...names],
  });
  const entryIds = theirs.map(({ entryId }) => entryId);
  return (
    (await eraseDisclosures(ctx, sharedPhoneIds, traceClaims, entryIds)) +
    (await eraseDisclosures(ctx, sharedPhoneIds, namingClaims))
  );
}

/** Ignores case and surrounding spaces, which people write as they like. */
const normalizeName = (name: string) => name.trim().toLowerCase();

async function loadNames({ db, organizationId }: TransactionContext, contactIds: ContactId[]) {
  const contacts = await db.contact.findMany({
    where: { organizationId, id: { in: contactIds }, name: { not: null } },
    select: { name: true },
  });
  return new Set(contacts.flatMap(({ name }) => (name === null ? [] : [normalizeName(name)])));
}

type EvidenceFilter = { sharedPhoneIds: PhoneId[]; events: string[]; names: string[] };

const eraseEvidence = (
  { db, organizationId }: TransactionContext,
  { sharedPhoneIds, events, names }: EvidenceFilter,
) =>
  db.$executeRaw`
    UPDATE evidence SET body = body - '{signature,ip,userAgent,recording,scan}'::text[], file_id = NULL
    FROM consent_event AS event
    WHERE evidence.organization_id = ${organizationId}::uuid
      AND event.organization_id = evidence.organization_id AND event.id = consent_event_id
      AND event.phone_id = ANY (${sharedPhoneIds}::uuid[])
      AND (event.id = ANY (${events}::uuid[])
        -- the rule of normalizeName
        OR lower(btrim(body ->> 'signature')) = ANY (${names}::text[]))`;

/**
 * Erases all claims about these phones, and the keys with which backups could still be read. Returns how many claims
 * were erased.
 */
export async function eraseSubjects(
  { db, organizationId }: TransactionContext,
  subjectIds: readonly PhoneId[],
): Promise<number> {
  const disclosures = await db.$executeRaw`
    DELETE FROM vault.disclosure USING vault.statement
    WHERE disclosure.organization_id = ${organizationId}::uuid
      AND statement.organization_id = disclosure.organization_id
      AND statement.entry_id = disclosure.entry_id AND subject_id = ANY (${subjectIds}::uuid[])`;
  await db.$executeRaw`
    UPDATE vault.subject SET wrapped_key = NULL, wrapping_key_id = NULL
    WHERE organization_id = ${organizationId}::uuid AND subject_id = ANY (${subjectIds}::uuid[])`;
  return disclosures;
}
