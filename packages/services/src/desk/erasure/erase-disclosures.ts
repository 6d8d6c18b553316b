import type { ContactId, PhoneId } from "@ringfence/core/ids";
import type { PersonalClaim } from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";
import {
  type Sealed,
  openDisclosures,
  sealDisclosures,
} from "../../proof/statement/seal-disclosures.ts";
import { holdSubjects, makeKeys } from "../../proof/statement/subject-keys.ts";
import { openStatements } from "../../proof/statement/open-statements.ts";

/**
 * Single claims of what was stated of these: of all statements, or of some. What stays is sealed anew
 * with another key, for by the old one a backup could still be read.
 */
export async function eraseDisclosures(
  ctx: TransactionContext,
  subjectIds: readonly PhoneId[],
  claims: readonly PersonalClaim[],
  entryIds: readonly string[] | null = null,
): Promise<number> {
  const { db, organizationId } = ctx;
  const subjects = await holdSubjects(ctx, subjectIds);
  let erased = 0;
  for (const { id, key } of subjects.values()) {
    const gone = await db.$queryRaw<Sealed[]>`
      DELETE FROM vault.disclosure USING vault.statement
      WHERE disclosure.organization_id = ${organizationId}::uuid
        AND statement.organization_id = disclosure.organization_id
        AND statement.entry_id = disclosure.entry_id AND subject_id = ${id}::uuid
      RETURNING disclosure.entry_id AS "entryId", claim, sealed`;
    const names: ReadonlySet<string> = new Set(claims);
    const isErased = ({ entryId, claim }: Sealed) =>
      names.has(claim) && (entryIds === null || entryIds.includes(entryId));
    const kept = openDisclosures(
      organizationId,
      gone.filter((it) => !isErased(it)),
      key,
    );
    const fresh = (await makeKeys(ctx, [id])).get(id);
    if (!fresh) throw new Error("a subject got no key");
    await sealDisclosures(
      ctx,
      kept.map((it) => ({ ...it, key: fresh })),
    );
    erased += gone.length - kept.length;
  }
  return erased;
}

/** Of a phone that others share what names the person goes: the number is theirs too. */
const namingClaims: readonly PersonalClaim[] = ["name", "email", "external_id", "signature"];
/** Where they were, what they said and wrote, when they agreed: of consents that they signed, or gave by name. */
const traceClaims: readonly PersonalClaim[] = ["ip", "user_agent", "recording", "scan"];

/**
 * What was stated of phones that others share, and the evidence of it: while the contacts still have
 * the names by which their consents are known. Tells how many disclosures went.
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

/** People write a name as they like: letters count, and not their case. */
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
        OR lower(btrim(body ->> 'signature')) = ANY (${names}::text[]))`;

/** All that statements disclose of these, and the keys by which backups could still be read. */
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
