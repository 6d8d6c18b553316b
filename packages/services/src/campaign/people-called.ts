import { type PersonResult, responseOf } from "@ringfence/core/campaign";
import type { TransactionContext } from "../context.ts";

type Row = { outcomes: (string | null)[]; hasOptedOut: boolean; hasComplained: boolean };

/**
 * What came of the calls of a campaign since an instant, by phone. Whoever refuses calls within a day after
 * one, by whichever way, has refused because of it.
 */
export const peopleCalled = async (
  { db, organizationId }: TransactionContext,
  { key }: { key: string },
  since: Date,
): Promise<PersonResult[]> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT array_agg(outcome) AS outcomes,
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
      )) AS "hasComplained"
    FROM call
    WHERE organization_id = ${organizationId}::uuid AND campaign = ${key} AND at >= ${since}
    GROUP BY phone_id`;
  return rows.map(({ outcomes, ...person }) => ({
    ...person,
    responses: outcomes.map(responseOf),
  }));
};
