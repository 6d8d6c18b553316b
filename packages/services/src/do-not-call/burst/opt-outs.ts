import { sql } from "kysely";
import { z } from "zod";
import type { BurstOptOut } from "@ringfence/core/do-not-call/burst";
import { OptOutId, type OrganizationId, PhoneId, type RefusalBurstId } from "@ringfence/core/ids";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { findForgedCorrections, isUncorrected } from "../../proof/record/internal.ts";
import { loadCorrectionFacts } from "../opt-out/internal.ts";

const BurstRow = z.object({
  refusalId: z.string(),
  optOutId: OptOutId,
  phoneId: PhoneId,
  hasProof: z.boolean(),
});
export type BurstRow = z.infer<typeof BurstRow>;
export type BurstRowWithFacts = BurstRow & { facts: BurstOptOut };

/** `after` is the `refusalId` of the last row of the previous page; null for the first page. */
type BurstPage = { after: string | null; limit: number };

/** Joins the opt-outs that a burst created with the requests that created them. What a member recorded is in no burst. */
const fromBurst = (organizationId: OrganizationId, burstId: RefusalBurstId) => sql`
  FROM burst_refusal AS marked
  JOIN anonymous_refusal AS refusal ON refusal.organization_id = marked.organization_id
    AND refusal.id = marked.refusal_id AND is_new
  JOIN opt_out ON opt_out.organization_id = marked.organization_id
    AND opt_out.id = refusal.opt_out_id AND opt_out.actor ->> 'type' = 'visitor'
  WHERE marked.organization_id = ${organizationId}::uuid AND burst_id = ${burstId}::uuid`;

/** Loads the opt-outs that a burst created, in the order of their requests, after a cursor. */
export const loadBurstRows = (
  { db, organizationId }: TransactionContext,
  burstId: RefusalBurstId,
  { after, limit }: BurstPage,
): Promise<BurstRow[]> =>
  selectRows(
    { db },
    BurstRow,
    sql`
    SELECT refusal.id AS "refusalId", opt_out.id AS "optOutId", phone_id AS "phoneId",
      has_proof AS "hasProof"
    ${fromBurst(organizationId, burstId)}
      AND (${after}::uuid IS NULL OR marked.refusal_id > ${after}::uuid)
    ORDER BY marked.refusal_id LIMIT ${limit}::int`,
  );

type Acceptable = { until: Date; includesProof: boolean };

/**
 * Lists the opt-outs that a burst created by requests received up to `until`, in the order of their ids. Those with a
 * proof of work are left out unless `includesProof`.
 */
export async function listBurstOptOuts(
  { db, organizationId }: TransactionContext,
  burstId: RefusalBurstId,
  { until, includesProof }: Acceptable,
): Promise<OptOutId[]> {
  const rows = await selectRows(
    { db },
    z.object({ id: OptOutId }),
    sql`
    SELECT DISTINCT opt_out.id ${fromBurst(organizationId, burstId)}
      AND received_at <= ${until}::timestamptz AND (${includesProof} OR NOT has_proof)
    ORDER BY opt_out.id`,
  );
  return rows.map(({ id }) => id);
}

/** Adds the facts that decide whether each opt-out can be lifted. To lift, call it with the phones locked. */
export async function addBurstFacts<Row extends Pick<BurstRow, "optOutId" | "hasProof">>(
  ctx: TransactionContext,
  rows: readonly Row[],
): Promise<(Row & { facts: BurstOptOut })[]> {
  const ids = rows.map(({ optOutId }) => optOutId);
  const [facts, repeatsOutside] = [
    await loadCorrectionFacts(ctx, ids),
    await findRepeatsOutside(ctx, ids),
  ];
  return rows.map((row) => {
    const correctionFacts = facts.get(row.optOutId);
    if (!correctionFacts) throw new Error("an opt-out of a burst is not on record");
    const repeatedAt = correctionFacts.repeatedAt ?? repeatsOutside.get(row.optOutId) ?? null;
    return { ...row, facts: { ...correctionFacts, repeatedAt, hasProof: row.hasProof } };
  });
}

const Repeat = z.object({ id: OptOutId, at: z.date() });

/**
 * Finds when a number was first opted out again, in any way outside a burst: on the page, to an agent, or by a list.
 * A number that was opted out twice is not there because of the flood alone. Corrected opt-outs do not count.
 */
async function findRepeatsOutside(
  ctx: TransactionContext,
  ids: readonly OptOutId[],
): Promise<Map<OptOutId, Date>> {
  const { db, organizationId } = ctx;
  const forged = await findForgedCorrections(ctx, { phonesOf: ids });
  const rows = await selectRows(
    { db },
    Repeat,
    sql`
    SELECT mine.id, min(other.recorded_at) AS at FROM opt_out AS mine
    JOIN opt_out_known AS other ON other.organization_id = mine.organization_id
      AND other.phone_id = mine.phone_id AND other.id <> mine.id
      AND other.recorded_at >= mine.recorded_at AND ${isUncorrected("other", forged)}
    WHERE mine.organization_id = ${organizationId}::uuid AND mine.id = ANY (${[...ids]}::uuid[])
      AND NOT EXISTS (
        SELECT FROM anonymous_refusal AS refusal
        JOIN burst_refusal AS marked ON marked.organization_id = refusal.organization_id
          AND marked.refusal_id = refusal.id
        WHERE refusal.organization_id = other.organization_id
          AND refusal.opt_out_id = other.id AND is_new)
    GROUP BY mine.id`,
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}
