import type { OrganizationId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import { type TransactionContext, query, selectRow, selectRows } from "../../platform/internal.ts";
import { countedRuns, startOfDay } from "./daily-rows.ts";

/** Days that the usage shows, today included. So many always contain the whole month to date. */
const USAGE_DAYS = 31;

const UsageCounts = z.object({
  /** Single screenings, those in batches included. Rows of scrubs are not. */
  screenings: z.number(),
  /** Recorded opt-outs, those of files included. */
  optOuts: z.number(),
  /** Rows of scrubs and imports, as the daily limit counts them. */
  rows: z.number(),
  /** Bytes of files that were sent to be screened or imported, or as evidence. */
  uploadedBytes: z.number(),
});
export type UsageCounts = z.infer<typeof UsageCounts>;

const UsageDay = UsageCounts.extend({ day: z.date() });
/** What an organization used on a day. `day` is when it begins (UTC). */
export type UsageDay = z.infer<typeof UsageDay>;

const UsageState = z.object({ limit: z.int().nullable(), storedBytes: z.number() });

/**
 * Reads what the organization used on each of the last 31 days (UTC), the oldest first, and in this month; its limit of
 * rows a day, if it has one; and how many bytes of uploaded files are stored now. Rows that were sent to the API
 * without a file are not counted.
 */
export const readUsage = query({
  name: "readUsage",
  action: "usage.read",
  forAllSellers: true,
  transaction: "analysis",
  run: (ctx) => loadUsage(ctx, ctx.organizationId, ctx.now),
  audit: "none",
});
export type Usage = Awaited<ReturnType<typeof readUsage>>;

/** Loads what `readUsage` reads. Also for the operator, who is in no organization. */
export async function loadUsage(
  { db }: { db: TransactionContext["db"] | Db["prisma"] },
  organizationId: OrganizationId,
  now: Date,
) {
  const today = startOfDay(now);
  const since = new Date(today.getTime() - (USAGE_DAYS - 1) * DAY_MS);
  const { limit, storedBytes } = await selectRow(
    { db },
    UsageState,
    sql`
    SELECT daily_rows AS "limit", (
      SELECT coalesce(sum(bytes), 0)::float8 FROM (
        SELECT bytes FROM scrub WHERE organization_id = ${organizationId}::uuid AND files_removed_at IS NULL
        UNION ALL
        SELECT bytes FROM import WHERE organization_id = ${organizationId}::uuid AND files_removed_at IS NULL
        UNION ALL
        SELECT bytes FROM evidence_file WHERE organization_id = ${organizationId}::uuid
      ) AS stored) AS "storedBytes"
    FROM organization WHERE id = ${organizationId}::uuid`,
  );
  const days = await loadDays({ db }, organizationId, { since, today });
  const monthFrom = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth()));
  return {
    limit,
    storedBytes,
    days,
    monthFrom,
    month: sumUsage(days.filter(({ day }) => day >= monthFrom)),
    /** When the next day begins, and with it the rows of the limit. */
    until: new Date(today.getTime() + DAY_MS),
  };
}

type Span = { since: Date; today: Date };

const loadDays = (
  { db }: { db: TransactionContext["db"] | Db["prisma"] },
  organizationId: OrganizationId,
  { since, today }: Span,
): Promise<UsageDay[]> =>
  selectRows(
    { db },
    UsageDay,
    sql`
    WITH screened AS (
      SELECT date_trunc('day', at, 'UTC') AS day, count(*) AS count FROM screening
      WHERE organization_id = ${organizationId}::uuid AND at >= ${since}::timestamptz
      GROUP BY 1
    ), opted_out AS (
      SELECT date_trunc('day', recorded_at, 'UTC') AS day, count(*) AS count FROM opt_out
      WHERE organization_id = ${organizationId}::uuid AND recorded_at >= ${since}::timestamptz
      GROUP BY 1
    ), worked AS (
      SELECT date_trunc('day', at, 'UTC') AS day, sum(rows) AS rows
      FROM ${countedRuns(sql`${organizationId}::uuid`, since)} AS counted
      GROUP BY 1
    ), uploaded AS (
      SELECT date_trunc('day', at, 'UTC') AS day, sum(bytes) AS bytes FROM (
        SELECT created_at AS at, bytes FROM scrub
        WHERE organization_id = ${organizationId}::uuid AND created_at >= ${since}::timestamptz
        UNION ALL
        SELECT created_at, bytes FROM import
        WHERE organization_id = ${organizationId}::uuid AND created_at >= ${since}::timestamptz
        UNION ALL
        SELECT uploaded_at, bytes FROM evidence_file
        WHERE organization_id = ${organizationId}::uuid AND uploaded_at >= ${since}::timestamptz
      ) AS file
      GROUP BY 1
    )
    SELECT day, coalesce(screened.count, 0)::float8 AS screenings,
      coalesce(opted_out.count, 0)::float8 AS "optOuts", coalesce(worked.rows, 0)::float8 AS rows,
      coalesce(uploaded.bytes, 0)::float8 AS "uploadedBytes"
    FROM generate_series(${since}::timestamptz, ${today}::timestamptz, interval '1 day') AS series(day)
    LEFT JOIN screened USING (day) LEFT JOIN opted_out USING (day)
    LEFT JOIN worked USING (day) LEFT JOIN uploaded USING (day)
    ORDER BY day`,
  );

/** Adds up what was used on several days. */
function sumUsage(days: readonly UsageCounts[]): UsageCounts {
  const sum = (key: keyof UsageCounts) => days.reduce((total, day) => total + day[key], 0);
  return {
    screenings: sum("screenings"),
    optOuts: sum("optOuts"),
    rows: sum("rows"),
    uploadedBytes: sum("uploadedBytes"),
  };
}
