import type { OrganizationId } from "@ringfence/core/ids";
import { ANSWER_DAYS } from "@ringfence/core/calling/screening";
import {
  type CopyRows,
  type Keys,
  createByteIndex,
  fieldStart,
} from "../../../platform/internal.ts";
import { type IdIndex, findIds } from "@ringfence/core/calling/scrub";
import { type FactStore, indexText } from "./fact-store.ts";

export type FactQueryInput = {
  organizationId: OrganizationId;
  at: Date;
  callWindowDays: number;
  keys: Pick<Keys, "eventKeys">;
};

/** A query to COPY, and its number of columns. COPY takes no parameters, so no text from users may go into the query. */
export type CopyQuery = { columns: number; query: string };

const never = "NULL::timestamptz";

/**
 * Reads each table whole, without joining it to one that has millions of rows: phones are matched by id in
 * our own code. The columns of a fact are its phone, three instants (of the fact, its end and its recording),
 * and then the words that many facts share. Consents and suppressions have their MAC and id before those
 * words. Phones, calls and the other phones of a person have columns of their own. `lifted` are the opt-outs that
 * corrections with a valid MAC had lifted by the instant.
 */
export function createFactQueries(
  { organizationId, at, callWindowDays }: FactQueryInput,
  lifted: readonly string[],
) {
  const ours = (table: string) => `${table}.organization_id = '${organizationId}'::uuid`;
  const instant = `'${at.toISOString()}'::timestamptz`;
  return {
    phones: {
      columns: 5,
      query: `SELECT id, e164, phone_key, line_type_at, line_type FROM phone WHERE ${ours("phone")}`,
    },
    // Few contacts have several phones; a join of all to all would take longer than to find those.
    otherPhones: {
      columns: 2,
      query: `WITH several AS (
          SELECT contact_id FROM contact_phone WHERE ${ours("contact_phone")}
          GROUP BY contact_id HAVING count(*) > 1)
        SELECT DISTINCT mine.phone_id, theirs.phone_id
        FROM several JOIN contact_phone mine USING (contact_id) JOIN contact_phone theirs USING (contact_id)
        WHERE ${ours("mine")} AND ${ours("theirs")} AND theirs.phone_id <> mine.phone_id`,
    },
    contact: {
      columns: 7,
      query: `SELECT phone_id, ${never}, ${never}, ${never}, zone, address_region, called_party
        FROM contact_phone JOIN contact ON contact.organization_id = contact_phone.organization_id
          AND contact.id = contact_id
        WHERE ${ours("contact_phone")}`,
    },
    // The consent's id matters only if the consent was invalidated.
    consent: {
      columns: 15,
      query: `SELECT phone_id, at, valid_until, recorded_at, mac, consent_id, type, seller_id, purposes, channels, elements,
          is_written, is_proven, is_imported(source, actor), CASE WHEN consent_id IN (
            SELECT consent_id FROM consent_event WHERE ${ours("consent_event")} AND type = 'invalidated'
          ) THEN consent_id END
        FROM consent_event WHERE ${ours("consent_event")}`,
    },
    "opt-out": {
      columns: 7,
      query: `SELECT phone_id, at, ${never}, recorded_at, scope, seller_id, purpose
        FROM opt_out WHERE ${ours("opt_out")} AND id <> ALL ('{${lifted.join()}}'::uuid[])`,
    },
    suppression: {
      columns: 7,
      query: `SELECT phone_id, at, until, recorded_at, mac, id, reason
        FROM suppression WHERE ${ours("suppression")}`,
    },
    reassigned: reassignedQuery(ours("reassigned_answer"), instant),
    purchase: purchaseQuery({ organizationId, instant, ours }),
    permit: permitQuery({ organizationId, instant, ours }),
    calls: {
      columns: 2,
      query: `SELECT phone_id, at FROM call WHERE ${ours("call")} AND phone_id IS NOT NULL
        AND at <= ${instant} AND at > ${instant} - make_interval(days => ${callWindowDays})`,
    },
  } satisfies Record<string, CopyQuery>;
}

/** Values in the text of a query: the organization, the instant of the scrub, and the filter of a table. */
type QueryParts = {
  organizationId: OrganizationId;
  instant: string;
  ours: (table: string) => string;
};

/**
 * Reads, for each phone whose contacts all bought something, the earliest of their last purchases. Two sellers or more
 * leave none: a purchase does not name its seller. If there are no purchases, no contacts are read.
 */
const purchaseQuery = ({ organizationId, instant, ours }: QueryParts): CopyQuery => ({
  columns: 5,
  query: `SELECT phone_id, min(bought), ${never}, ${never}, 'purchase'
    FROM contact_phone LEFT JOIN (
      SELECT contact_ordinal, max(at) AS bought FROM activity
      WHERE ${ours("activity")} AND type = 'purchase' AND at <= ${instant}
      GROUP BY contact_ordinal
    ) AS customer USING (contact_ordinal)
    WHERE ${ours("contact_phone")}
      AND (SELECT count(*) FROM seller WHERE seller.organization_id = '${organizationId}'::uuid) = 1
      AND EXISTS (SELECT FROM activity WHERE ${ours("activity")} AND type = 'purchase')
    GROUP BY phone_id HAVING count(*) = count(bought)`,
});

/**
 * Reads the permits that count, for phones with a verified permit or one issued in the last six minutes, which is
 * longer than any permit holds (`permitSeconds`). Permits are told apart only if there are erased rows, because
 * nothing else can lead to the same permit twice.
 */
const permitQuery = ({ organizationId, instant, ours }: QueryParts): CopyQuery => ({
  columns: 5,
  query: `SELECT phone_id, counted.at, counted.until, ${never},
      CASE WHEN (SELECT count(*) > 0 FROM phone WHERE ${ours("phone")} AND e164 IS NULL)
        THEN counted.id::text ELSE '' END
    FROM (
      SELECT phone_id FROM screening WHERE ${ours("screening")} AND permit_until IS NOT NULL
        AND at <= ${instant} AND at > ${instant} - interval '6 minutes'
      UNION SELECT phone_id FROM verified_permit WHERE ${ours("verified_permit")}
    ) AS asked CROSS JOIN LATERAL permits_that_count(
      '${organizationId}'::uuid, ARRAY[phone_id], ${instant}, NULL, NULL) AS counted`,
});

/**
 * Reads the last `yes` and the last other answer; of equally late answers, the one that permits less. A `yes`
 * counts from when it came, other answers from when they are valid and for how long.
 */
const reassignedQuery = (ours: string, instant: string): CopyQuery => ({
  columns: 5,
  query: `SELECT DISTINCT ON (phone_id, answer = 'yes') phone_id,
        CASE answer WHEN 'yes' THEN recorded_at ELSE consented_at(consent_date) END,
        CASE answer WHEN 'yes' THEN NULL ELSE asked_at + make_interval(days => ${ANSWER_DAYS}) END,
        recorded_at, answer
      FROM reassigned_answer WHERE ${ours} AND recorded_at <= ${instant}
      ORDER BY phone_id, answer = 'yes', recorded_at DESC, answer DESC, consent_date DESC, asked_at`,
});

/** Finds the index of the phone whose id is in a column, for each row. Throws if a phone is not indexed. */
export function findPhoneIndexes(ids: IdIndex, rows: CopyRows, column: number): Int32Array {
  const ats = new Int32Array(rows.count);
  for (let row = 0; row < ats.length; row++) ats[row] = fieldStart(rows, row, column);
  const phones = findIds(ids, rows.bytes, ats);
  if (phones.includes(-1)) throw new Error("a fact about an unknown phone");
  return phones;
}

/**
 * Creates a reader that finds the index of a row's text from a column on. Each field is a length in four
 * bytes followed by that many bytes.
 */
export function createTextIndexer(own: FactStore, letter: string, column: number) {
  const find = createByteIndex((bytes) => indexText(own, letter + bytes.toString("latin1")));
  return (rows: CopyRows, row: number) =>
    find(rows.bytes, rows.view, fieldStart(rows, row, column) - 4, rows.end[row] ?? 0);
}
