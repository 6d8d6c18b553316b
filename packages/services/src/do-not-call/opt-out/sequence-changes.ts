import type { TransactionContext } from "../../platform/context.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";

const MOST_AT_ONCE = 10_000;

/**
 * Gives changes that were committed their positions in the feed.
 *
 * The lock is held until the positions are committed, and they go up from the last: whoever reads up
 * to a position has read all below it, and none can appear behind them. A change that is not
 * committed yet is not seen here, and gets a later position. Without changes nobody waits.
 */
export const sequenceChanges = async (ctx: TransactionContext) => {
  const { db, organizationId } = ctx;
  const waiting = await db.optOutQueue.findFirst({
    where: { organizationId },
    select: { optOutId: true },
  });
  if (waiting === null) return;

  await holdLock(ctx, "opt-out-feed");
  await db.$executeRaw`
    WITH moved AS (
      DELETE FROM opt_out_queue
      WHERE (organization_id, opt_out_id, change) IN (
        SELECT organization_id, opt_out_id, change FROM opt_out_queue
        WHERE organization_id = ${organizationId}::uuid
        ORDER BY opt_out_id, change LIMIT ${MOST_AT_ONCE}
      )
      RETURNING opt_out_id, change
    ), last AS (
      SELECT coalesce(max(position), 0) AS position FROM opt_out_change
      WHERE organization_id = ${organizationId}::uuid
    )
    INSERT INTO opt_out_change (organization_id, position, opt_out_id, change)
    SELECT ${organizationId}::uuid, last.position + row_number() OVER (ORDER BY opt_out_id, change),
      opt_out_id, change
    FROM moved, last`;
};
