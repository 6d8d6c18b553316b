import { OrganizationId } from "@ringfence/core/ids";
import { ReadingSchedule, isReadingDue } from "@ringfence/core/do-not-call/registry";
import { Zone } from "@ringfence/core/platform/time";
import type { Db, Transaction } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import {
  addJob,
  defineJob,
  freeQueues,
  queueJobs,
  selectRow,
  selectRows,
} from "../../platform/internal.ts";

/** Job that writes the blocked list of an organization. */
export const writeBlockedListJob = defineJob("blocked-list.write", {});

/** A change leads to a new list no sooner than this after the list was last queued, for whatever reason. */
const MIN_MS_BEFORE_CHANGE_WRITE = 15 * 60_000;

const Candidate = z.object({
  organizationId: OrganizationId,
  // An unknown time zone must not keep the list from being written.
  zone: Zone.catch("UTC"),
  schedule: ReadingSchedule,
  /** Time when the list was last queued. */
  sweptAt: z.date().nullable(),
  /** State of the sources that the last list covers (`readSourceState`); null before the first. */
  seen: z.string().nullable(),
  now: z.date(),
});
type Candidate = z.infer<typeof Candidate>;

/**
 * Queues each blocked list that was never queued, is due by its schedule in the organization's time zone, or
 * was last queued at least 15 minutes ago and has changed sources. Each is queued once, however many workers
 * sweep. Returns the number of queued jobs. Reads all organizations, so call it from the sweep only.
 */
export async function claimDueBlockedLists({ prisma }: Db): Promise<number> {
  await freeQueues(prisma, writeBlockedListJob);
  const candidates = await selectRows(
    { db: prisma },
    Candidate,
    sql`
    SELECT organization_id AS "organizationId", zone, schedule, swept_at AS "sweptAt", seen,
      clock_timestamp() AS now
    FROM blocked_list JOIN organization ON organization.id = organization_id`,
  );
  const jobKey = sql`${`${writeBlockedListJob.name} `} || organization_id`;
  const addWriteJob = addJob(
    writeBlockedListJob,
    { organizationId: sql`organization_id` },
    { key: jobKey, queue: jobKey },
  );
  let claimed = 0;
  for (const candidate of candidates) {
    if (!(await isDue(prisma, candidate))) continue;
    const { organizationId, sweptAt, now } = candidate;
    claimed += await queueJobs(
      prisma,
      sql`WITH claim AS (
        UPDATE blocked_list SET swept_at = ${now}
        WHERE organization_id = ${organizationId}::uuid AND swept_at IS NOT DISTINCT FROM ${sweptAt}
        RETURNING organization_id
      )
      SELECT ${addWriteJob} FROM claim`,
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
    now.getTime() - sweptAt.getTime() >= MIN_MS_BEFORE_CHANGE_WRITE &&
    (await readSourceState(prisma, organizationId)) !== seen
  );
}

/**
 * Returns a text that changes when a blocked list has to be written again before it is due: the number of changes of
 * opt-outs, the suppressions in force, the number of editions of registries, and how many registries are disconnected
 * and when the last one was. Changes of opt-outs are the last position plus those still queued for one, so that each
 * new one raises the sum. Suppressions begin and end on their own, and their number may stay the same meanwhile, so the
 * ids of those in force are hashed together. New numbers of contacts do not change it: they are in the next list.
 */
export async function readSourceState(
  db: Db["prisma"] | Transaction,
  organizationId: string,
): Promise<string> {
  const { seen } = await selectRow(
    { db },
    z.object({ seen: z.string() }),
    sql`
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
    ) AS seen`,
  );
  return seen;
}
