import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/**
 * What is recorded of these phones waits for what others record of them; screenings do not wait.
 *
 * Answers the context with the time after the wait, when all that others put on record is past. A "no" is
 * of that time, so that no "yes" that came between is later than it; a "yes" is of when it was said.
 */
export async function lockPhones(
  ctx: TransactionContext,
  ids: readonly PhoneId[],
): Promise<TransactionContext> {
  const { db, organizationId } = ctx;
  const [{ now }] = await db.$queryRaw<[{ now: Date }]>`
    WITH locked AS (
      SELECT id FROM phone
      WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])
      ORDER BY id FOR NO KEY UPDATE
    )
    SELECT clock_timestamp() AS now, count(*)::int AS phones FROM locked`;
  return { ...ctx, now };
}
