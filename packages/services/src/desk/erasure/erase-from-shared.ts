import type { ContactId, PhoneId } from "@ringfence/core/ids";
import type { PersonalClaim } from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";
import { openStatements } from "../../proof/statement/open-statements.ts";
import { eraseDisclosures } from "./erase-disclosures.ts";

/** Of a phone that others share what names the person goes: the number is theirs too. */
const naming: readonly PersonalClaim[] = ["name", "email", "external_id", "signature"];
/** Where they were, what they said and wrote, when they agreed: of consents that they signed, or gave by name. */
const traces: readonly PersonalClaim[] = ["ip", "user_agent", "recording", "scan"];

/**
 * What was stated of phones that others share, and the evidence of it: while the contacts still have
 * the names by which their consents are known. Tells how many disclosures went.
 */
export async function eraseFromShared(
  ctx: TransactionContext,
  { contactIds, sharedPhoneIds }: { contactIds: ContactId[]; sharedPhoneIds: PhoneId[] },
): Promise<number> {
  const names = await namesOf(ctx, contactIds);
  const isTheirs = (name: unknown) => typeof name === "string" && names.has(plain(name));
  const stated = await openStatements(ctx, { subjects: sharedPhoneIds });
  const theirs = stated.filter(({ claims }) => isTheirs(claims.name) || isTheirs(claims.signature));
  await eraseEvidence(ctx, {
    sharedPhoneIds,
    events: theirs.map(({ about }) => about),
    names: [...names],
  });
  const entryIds = theirs.map(({ entryId }) => entryId);
  return (
    (await eraseDisclosures(ctx, sharedPhoneIds, traces, entryIds)) +
    (await eraseDisclosures(ctx, sharedPhoneIds, naming))
  );
}

/** People write a name as they like: letters count, and not their case. */
const plain = (name: string) => name.trim().toLowerCase();

async function namesOf({ db, organizationId }: TransactionContext, contactIds: ContactId[]) {
  const contacts = await db.contact.findMany({
    where: { organizationId, id: { in: contactIds }, name: { not: null } },
    select: { name: true },
  });
  return new Set(contacts.flatMap(({ name }) => (name === null ? [] : [plain(name)])));
}

type Theirs = { sharedPhoneIds: PhoneId[]; events: string[]; names: string[] };

const eraseEvidence = (
  { db, organizationId }: TransactionContext,
  { sharedPhoneIds, events, names }: Theirs,
) =>
  db.$executeRaw`
    UPDATE evidence SET body = body - '{signature,ip,userAgent,recording,scan}'::text[], file_id = NULL
    FROM consent_event AS event
    WHERE evidence.organization_id = ${organizationId}::uuid
      AND event.organization_id = evidence.organization_id AND event.id = consent_event_id
      AND event.phone_id = ANY (${sharedPhoneIds}::uuid[])
      AND (event.id = ANY (${events}::uuid[])
        OR lower(btrim(body ->> 'signature')) = ANY (${names}::text[]))`;
