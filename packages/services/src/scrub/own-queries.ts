import type { OrganizationId } from "@ringfence/core/ids";

export type Kind = "line" | "contact" | "consent" | "opt-out" | "suppression" | "call";

export type Snapshot = {
  organizationId: OrganizationId;
  at: Date;
  callWindowDays: number;
  /** Fewer calls than this hold back nobody. */
  fewestCallsThatCount: number;
};

const never = "NULL::timestamptz";

/**
 * What to COPY of each kind: a number, three instants (of the fact, of its end, of its recording), and
 * from the fifth column on the words that many facts share. COPY takes no parameters; what stands in
 * these texts is a uuid, an instant and integers of ours.
 */
export function ownQueries(snapshot: Snapshot) {
  const organization = `'${snapshot.organizationId}'::uuid`;
  return {
    line: { columns: 5, query: lines(organization) },
    contact: { columns: 7, query: contacts(organization) },
    consent: { columns: 12, query: consents(organization) },
    "opt-out": {
      columns: 7,
      query: ofPerson(
        organization,
        "opt_out",
        `at, ${never}, recorded_at, scope::text, seller_id::text, purpose`,
      ),
    },
    suppression: {
      columns: 5,
      query: ofPerson(organization, "suppression", `at, until, ${never}, reason`),
    },
    call: { columns: 4, query: calls(organization, snapshot) },
  } satisfies Record<Kind, { columns: number; query: string }>;
}

const lines = (organization: string) => `
  SELECT e164, ${never}, ${never}, ${never}, line_type FROM phone
  WHERE organization_id = ${organization} AND e164 IS NOT NULL AND line_type IS NOT NULL`;

const contacts = (organization: string) => `
  SELECT e164, ${never}, ${never}, ${never}, zone, address_region, called_party
  FROM contact_phone
  JOIN contact ON contact.organization_id = contact_phone.organization_id AND contact.id = contact_id
  JOIN phone ON phone.organization_id = contact_phone.organization_id AND phone.id = phone_id
  WHERE contact_phone.organization_id = ${organization} AND e164 IS NOT NULL`;

const consents = (organization: string) => `
  SELECT e164, at, valid_until, recorded_at, type::text, seller_id::text, purposes::text,
    channels::text, elements::text, is_written, is_proven, void.consent_id::text
  FROM consent_event
  JOIN phone ON phone.organization_id = consent_event.organization_id AND phone.id = phone_id
  LEFT JOIN (
    SELECT DISTINCT organization_id, consent_id FROM consent_event WHERE type = 'invalidated'
  ) void ON void.organization_id = consent_event.organization_id
    AND void.consent_id = consent_event.consent_id
  WHERE consent_event.organization_id = ${organization} AND e164 IS NOT NULL`;

/** A fact of one phone of a person is one of all their phones. */
const ofPerson = (organization: string, table: string, columns: string) => `
  SELECT phone.e164, ${columns}
  FROM ${table} fact JOIN phone ON phone.organization_id = fact.organization_id AND phone.id = phone_id
  WHERE fact.organization_id = ${organization} AND e164 IS NOT NULL
  UNION ALL
  SELECT phone.e164, ${columns}
  FROM ${table} fact
  JOIN contact_phone ours
    ON ours.organization_id = fact.organization_id AND ours.phone_id = fact.phone_id
  JOIN contact_phone theirs
    ON theirs.organization_id = ours.organization_id AND theirs.contact_id = ours.contact_id
    AND theirs.phone_id <> ours.phone_id
  JOIN phone ON phone.organization_id = theirs.organization_id AND phone.id = theirs.phone_id
  WHERE fact.organization_id = ${organization} AND e164 IS NOT NULL`;

/** Only of persons who were called so often that a cap may hold back the next call. */
const calls = (organization: string, { at, callWindowDays, fewestCallsThatCount }: Snapshot) => `
  WITH recent AS MATERIALIZED (
    SELECT organization_id, id, phone_id, at FROM call
    WHERE organization_id = ${organization} AND at <= '${at.toISOString()}'::timestamptz
      AND at > '${at.toISOString()}'::timestamptz - make_interval(days => ${callWindowDays})
  ), of_person AS (
    SELECT phone_id, id, at FROM recent
    UNION
    SELECT theirs.phone_id, recent.id, at
    FROM recent
    JOIN contact_phone ours
      ON ours.organization_id = recent.organization_id AND ours.phone_id = recent.phone_id
    JOIN contact_phone theirs
      ON theirs.organization_id = ours.organization_id AND theirs.contact_id = ours.contact_id
  ), many AS (
    SELECT phone_id FROM of_person GROUP BY phone_id HAVING count(*) >= ${fewestCallsThatCount}
  )
  SELECT e164, at, ${never}, ${never}
  FROM of_person JOIN many USING (phone_id)
  JOIN phone ON phone.organization_id = ${organization} AND phone.id = phone_id
  WHERE e164 IS NOT NULL`;
