import type { TransactionContext } from "../../platform/context.ts";

/** What comes within so many seconds is followed at once. */
const GATHERED_S = 5;

/** Has a worker ask again whether these people are in segments, in the transaction that adds activities of them. */
export async function touchPeople(
  { db, organizationId }: TransactionContext,
  ordinals: readonly number[],
) {
  if (ordinals.length === 0) return;
  await db.segmentTouch.create({ data: { organizationId, ordinals: [...new Set(ordinals)] } });
  // While another transaction has asked by this name, this one asks by none: to wait for it would put all
  // that bring activities in a row.
  const name = `segment.follow/${organizationId}`;
  await db.$executeRaw`
    SELECT graphile_worker.add_job('segment.follow',
      json_build_object('organizationId', ${organizationId}::uuid),
      run_at := now() + make_interval(secs => ${GATHERED_S}),
      job_key := CASE WHEN pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) THEN ${name} END,
      job_key_mode := 'preserve_run_at')`;
}
