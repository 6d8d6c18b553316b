import type { TransactionContext } from "../../platform/context.ts";

/**
 * Puts the calls that are to be judged again in the queue: of the person, over all their phones. Answers
 * of how many phones it has looked for them; most were never called.
 */
export async function expandAgain(
  { db, organizationId }: TransactionContext,
  limit: number,
): Promise<number> {
  const [told] = await db.$queryRaw<[{ taken: number }]>`
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
    SELECT count(*)::int AS taken FROM taken`;
  return told.taken;
}
