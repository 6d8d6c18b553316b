import {
  type TransactionContext,
  addJob,
  defineJob,
  queueJobs,
  selectRows,
} from "../../platform/internal.ts";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";

/**
 * Queues new calls to be judged; the sweep finds them. If a call is reported late, later calls to all phones of the
 * person are judged again, because it may put them over a cap.
 */
export async function queueCalls(
  { db, organizationId, now }: TransactionContext,
  callIds: readonly string[],
) {
  if (callIds.length === 0) return;
  await db.$executeRaw`
    INSERT INTO call_queue (organization_id, id, call_id, is_first)
    SELECT ${organizationId}::uuid, uuid7(), id, true FROM unnest(${[...callIds]}::uuid[]) AS id`;
  await db.$executeRaw`
    INSERT INTO calls_again (organization_id, id, phone_id, since)
    SELECT ${organizationId}::uuid, uuid7(), phone_id, min(at) FROM call AS made
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${[...callIds]}::uuid[])
      AND EXISTS (
        SELECT FROM call AS later
        WHERE later.organization_id = made.organization_id
          AND later.phone_id IN (
            SELECT made.phone_id
            UNION ALL
            SELECT other.phone_id FROM contact_phone AS own
            JOIN contact_phone AS other
              ON other.organization_id = own.organization_id AND other.contact_id = own.contact_id
            WHERE own.organization_id = made.organization_id AND own.phone_id = made.phone_id)
          AND later.at > made.at AND later.recorded_at < ${now})
    GROUP BY phone_id`;
}

/**
 * Takes up requests to judge a phone's calls again, at most `limit`, and queues the calls to all phones of the person.
 * Returns the number of requests; most are about phones that were never called.
 */
export async function expandRejudgements(ctx: TransactionContext, limit: number): Promise<number> {
  const { organizationId } = ctx;
  const [counted] = await selectRows(
    ctx,
    z.object({ taken: z.int() }),
    sql`
    WITH first AS MATERIALIZED ( -- a subquery may be asked again for each row, and then takes more
      SELECT id FROM calls_again WHERE organization_id = ${organizationId}::uuid
      ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), taken AS (
      DELETE FROM calls_again USING first
      WHERE organization_id = ${organizationId}::uuid AND calls_again.id = first.id
      RETURNING phone_id, since
    ), theirs AS (
      SELECT phone_id, since FROM taken
      UNION
      SELECT other.phone_id, since FROM taken
      JOIN contact_phone AS own
        ON own.organization_id = ${organizationId}::uuid AND own.phone_id = taken.phone_id
      JOIN contact_phone AS other
        ON other.organization_id = own.organization_id AND other.contact_id = own.contact_id
    ), queued AS (
      INSERT INTO call_queue (organization_id, id, call_id, is_first)
      SELECT ${organizationId}::uuid, uuid7(), id, false FROM (
        SELECT DISTINCT call.id FROM theirs
        JOIN call ON call.organization_id = ${organizationId}::uuid
          AND call.phone_id = theirs.phone_id AND call.at >= since
      ) AS calls
    )
    SELECT count(*)::int AS taken FROM taken`,
  );
  return counted?.taken ?? 0;
}

/** Judges the waiting calls of an organization. */
export const scanViolationsJob = defineJob("violation.scan", {});

/** Maximum duration of a scan in milliseconds. It then frees its slot and is queued again. */
export const scanMs = 120_000;

/**
 * Queues one scan for each organization with waiting calls, unless it has one that waits or runs. A scan that
 * started four minutes ago counts as lost with its worker. Crosses organizations, which only the sweep may do.
 * Returns the number of scans.
 */
export function sweepCalls({ prisma }: Db): Promise<number> {
  const key = sql`${`${scanViolationsJob.name} `} || organization_id`;
  const scan = addJob(scanViolationsJob, { organizationId: sql`organization_id` }, { key });
  return queueJobs(
    prisma,
    sql`SELECT ${scan} FROM (
      SELECT organization_id FROM call_queue UNION SELECT organization_id FROM calls_again
    ) AS waiting
    WHERE NOT EXISTS (
      SELECT FROM graphile_worker.jobs WHERE key = ${key}
        AND (locked_at > clock_timestamp() - interval '4 minutes'
          OR locked_at IS NULL AND attempts < max_attempts))`,
  );
}
