import { OrganizationId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  selectRow,
  selectRows,
  toLeastId,
} from "../../platform/internal.ts";

/**
 * Files of refusals, whose rows are neither counted nor limited: an opt-out must not wait for tomorrow. Single requests
 * of any kind are not counted either.
 */
const UNLIMITED_KINDS = ["opt_outs", "suppressions"];

/** The most by which the clock that made a run's ID may differ from the database's. */
const CLOCK_MS = 3_600_000;

/**
 * Scrubs and imports of an organization since a time, each with when it was started (`at`) and how many rows it has
 * worked on (`rows`, bigint or null), also those that still run. The counts are on the runs already, so nothing is
 * written for them.
 */
export const countedRuns = (organizationId: unknown, since: Date) => sql`(
  SELECT run.created_at AS at,
    greatest((run.progress ->> 'rows')::bigint, (run.outcome ->> 'rows')::bigint, record.rows) AS rows
  FROM run
  LEFT JOIN scrub_record AS record
    ON record.organization_id = run.organization_id AND record.scrub_id = run.subject_id
  LEFT JOIN import ON import.organization_id = run.organization_id AND import.id = run.subject_id
  WHERE run.organization_id = ${organizationId} AND run.created_at >= ${since}::timestamptz
    AND run.id >= ${toLeastId(new Date(since.getTime() - CLOCK_MS))}::uuid
    AND run.job IN ('scrub.run', 'import.run')
    AND NOT coalesce(import.kind = ANY (${UNLIMITED_KINDS}), false))`;

const sumRows = (organizationId: unknown, since: Date) =>
  sql<number>`(SELECT coalesce(sum(rows), 0)::float8 FROM ${countedRuns(organizationId, since)} AS counted)`;

/** Returns when the day (UTC) of an instant begins. Limits and usage are counted by these days. */
export const startOfDay = (instant: Date) =>
  new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);

const DailyRows = z.object({ limit: z.int().nullable(), rows: z.number() });

/**
 * Refuses to start another scrub or import of an organization that has used up its rows of the day. One that began below
 * the limit is finished, however long it is. Never call it where a refusal is recorded.
 *
 * @param kind the kind of an import; null for a scrub
 * @throws ServiceError `limit-reached`, with when the next day begins
 */
export async function assertDailyRowsLeft(
  { db, organizationId, now }: TransactionContext,
  kind: string | null,
): Promise<void> {
  if (kind !== null && UNLIMITED_KINDS.includes(kind)) return;
  const since = startOfDay(now);
  const { limit, rows } = await selectRow(
    { db },
    DailyRows,
    sql`
    SELECT daily_rows AS "limit",
      CASE WHEN daily_rows IS NULL THEN 0 ELSE ${sumRows(sql`organization.id`, since)} END AS rows
    FROM organization WHERE id = ${organizationId}::uuid`,
  );
  if (limit === null || rows < limit) return;
  const until = new Date(since.getTime() + DAY_MS);
  throw new ServiceError("limit-reached", {
    key: "error.daily-rows",
    values: { rows, limit, until },
  });
}

const OrganizationLimits = DailyRows.extend({
  id: OrganizationId,
  name: z.string(),
  /** The most large requests and long jobs at once; null where the operator has set none. */
  requests: z.int().nullable(),
  jobs: z.int().nullable(),
});
export type OrganizationLimits = z.infer<typeof OrganizationLimits>;

/** Lists all organizations with their limits, and the rows of today. For the operator: it crosses organizations. */
export const listLimits = ({ prisma }: Pick<Db, "prisma">, now: Date) =>
  selectRows(
    { db: prisma },
    OrganizationLimits,
    sql`
    SELECT id, name, heavy_requests AS requests, heavy_jobs AS jobs, daily_rows AS "limit", ${sumRows(sql`organization.id`, startOfDay(now))} AS rows
    FROM organization ORDER BY name, id`,
  );

/** Sets the limit of an organization; null removes it. For the operator. Returns false if there is none of this ID. */
export async function setDailyRows(
  { prisma }: Pick<Db, "prisma">,
  id: OrganizationId,
  dailyRows: number | null,
): Promise<boolean> {
  const { count } = await prisma.organization.updateMany({ where: { id }, data: { dailyRows } });
  return count > 0;
}
