import { type PersonResult, responseOf } from "@ringfence/core/audience/campaign";
import type { TransactionContext } from "../../platform/context.ts";
import type { KnownCampaign } from "./plan-of.ts";

/** What came of the calls to a person, and with what they were handed over, where they were. */
export type PersonCalled = PersonResult & { offerId: string | null; isBelow: boolean | null };

type Row = Omit<PersonCalled, "responses"> & { outcomes: (string | null)[] };

/**
 * What came of the calls of a campaign since an instant, by person: over all phones that are known to be
 * theirs (of those who share one, who was handed over, else the first), and a number that is nobody's is one by itself. Whoever
 * refuses calls within a day after one, by whichever way, has refused because of it. Of a campaign of one
 * offer every call is about that. A call of another seller that names the campaign is none of it.
 */
export const peopleCalled = async (
  { db, organizationId }: TransactionContext,
  { id, key, sellerId, offers }: Pick<KnownCampaign, "id" | "key" | "sellerId" | "offers">,
  since: Date,
): Promise<PersonCalled[]> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT array_agg(outcome) AS outcomes, count(DISTINCT phone_id)::int AS phones,
      bool_or(EXISTS (
        SELECT FROM opt_out_known AS refusal
        WHERE refusal.organization_id = call.organization_id AND corrected_at IS NULL
          AND refusal.phone_id IN (
            SELECT call.phone_id
            UNION ALL
            SELECT theirs.phone_id FROM contact_phone AS ours JOIN contact_phone AS theirs
              ON theirs.organization_id = ours.organization_id AND theirs.contact_id = ours.contact_id
            WHERE ours.organization_id = call.organization_id AND ours.phone_id = call.phone_id)
          AND refusal.at >= call.at AND refusal.at <= call.at + interval '1 day'
      )) AS "hasOptedOut",
      bool_or(EXISTS (
        SELECT FROM complaint
        WHERE complaint.organization_id = call.organization_id AND complaint.call_id = call.id
      )) AS "hasComplained",
      (array_agg(handed.offer_id))[1] AS "offerId", bool_or(handed.is_below) AS "isBelow"
    FROM call CROSS JOIN LATERAL (
      -- Of several whose phone it is, the one who was handed over.
      SELECT (array_agg(owner.contact_ordinal
        ORDER BY (given.contact_ordinal IS NULL), owner.contact_ordinal))[1] AS ordinal
      FROM contact_phone AS owner LEFT JOIN campaign_person AS given
        ON given.organization_id = owner.organization_id AND given.campaign_id = ${id}::uuid
        AND given.contact_ordinal = owner.contact_ordinal
      WHERE owner.organization_id = call.organization_id AND owner.phone_id = call.phone_id
    ) AS person
    LEFT JOIN campaign_person AS handed ON handed.organization_id = call.organization_id
      AND handed.campaign_id = ${id}::uuid AND handed.contact_ordinal = person.ordinal
    WHERE call.organization_id = ${organizationId}::uuid AND campaign = ${key}
      AND call.seller_id = ${sellerId}::uuid AND call.at >= ${since}
    GROUP BY ordinal, CASE WHEN ordinal IS NULL THEN phone_id END`;
  const [only, ...others] = offers;
  return rows.map(({ outcomes, ...person }) => ({
    ...person,
    offerId: person.offerId ?? (others.length === 0 ? (only?.id ?? null) : null),
    responses: outcomes.map(responseOf),
  }));
};
