import { OrganizationId } from "@ringfence/core/ids";
import { ReadingSchedule, isReadingDue } from "@ringfence/core/do-not-call/registry";
import { Zone } from "@ringfence/core/platform/time";
import type { Db, Transaction } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import { addJob, defineJob, freeQueues, queueJobs } from "../../platform/internal.ts";

/** Writes the blocked list of an organization. */
export const writeBlockedListJob = defineJob("blocked-list.write", {});

/** Shortest time between two writes that are made because something is new. */
const SPAN_MS = 15 * 60_000;

const Candidate = z.object({
  organizationId: OrganizationId,
  // An unknown time zone must not keep the list from being written.
  zone: Zone.catch("UTC"),
  schedule: ReadingSchedule,
  sweptAt: z.date().nullable(),
  seen: z.string().nullable(),
  now: z.date(),
});
type Candidate = z.infer<typeof Candidate>;

/**
 * Queues the blocked lists that are due by their organization's clock, or whose content has changed.
 * Crosses organizations, which only the sweep may do. Returns how many.
 */
export async function claimDueBlockedLists({ prisma }: Db): Promise<number> {
  await freeQueues(prisma, writeBlockedListJob);
  const rows = await prisma.$queryRaw`
    SELECT organization_id AS "organizationId", zone, schedule, swept_at AS "sweptAt", seen,
      clock_timestamp() AS now
    FROM blocked_list JOIN organization ON organization.id = organization_id`;
  const name = sql`${`${writeBlockedListJob.name} `} || organization_id`;
  const write = addJob(
    writeBlockedListJob,
    { organizationId: sql`organization_id` },
    { key: name, queue: name },
  );
  let claimed = 0;
  for (const candidate of Candidate.array().parse(rows)) {
    if (!(await isDue(prisma, candidate))) continue;
    const { organizationId, sweptAt, now } = candidate;
    claimed += await queueJobs(
      prisma,
      sql`WITH ours AS (
        UPDATE blocked_list SET swept_at = ${now}
        WHERE organization_id = ${organizationId}::uuid AND swept_at IS NOT DISTINCT FROM ${sweptAt}
        RETURNING organization_id
      )
      SELECT ${write} FROM ours`,
    );
  }
  return claimed;
}

async function isDue(prisma: Db["prisma"], candidate: Candidate): Promise<boolean> {
  const { organizationId, sweptAt, seen, now } = candidate;
  if (sweptAt === null || isReadingDue({ ...candidate, id: organizationId }, sweptAt, now)) {
    return true;
  }
  return (
    now.getTime() - sweptAt.getTime() >= SPAN_MS &&
    (await readSourceState(prisma, organizationId)) !== seen
  );
}

/**
 * Returns a text that changes when a blocked list has to be written again: how many opt-outs changed, which
 * suppressions are in force, how many editions registries have had, and which registries are disconnected.
 * Counting opt-out changes is enough, because they are numbered as they are committed and none can appear
 * behind another. Suppressions end, are extended and begin later, so they are listed one by one.
 */
export async function readSourceState(
  db: Db["prisma"] | Transaction,
  organizationId: string,
): Promise<string> {
  const rows = await db.$queryRaw`
    SELECT concat_ws(' ',
      coalesce((SELECT max(position) FROM opt_out_change
        WHERE organization_id = ${organizationId}::uuid), 0)
        + (SELECT count(*) FROM opt_out_queue WHERE organization_id = ${organizationId}::uuid),
      (SELECT bit_xor(uuid_hash_extended(id, 0)) FROM suppression
        WHERE organization_id = ${organizationId}::uuid
          AND at <= clock_timestamp() AND (until IS NULL OR until > clock_timestamp())),
      (SELECT sum(edition) FROM registry WHERE organization_id = ${organizationId}::uuid),
      (SELECT max(disconnected_at) || ' ' || count(*) FROM registry
        WHERE organization_id = ${organizationId}::uuid AND disconnected_at IS NOT NULL)
    ) AS seen`;
  const [{ seen }] = z.tuple([z.object({ seen: z.string() })]).parse(rows);
  return seen;
}
