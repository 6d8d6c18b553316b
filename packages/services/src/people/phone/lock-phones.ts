import { sql } from "kysely";
import { z } from "zod";
import type { PhoneId } from "@ringfence/core/ids";
import { type TransactionContext, selectRow } from "../../platform/internal.ts";

/**
 * Locks phones, so that others who record something about them wait. Screenings do not wait.
 *
 * Returns the context with the time after the wait, when everything that others recorded is past. An
 * opt-out takes effect at that time, so that no consent recorded in between is later. A consent keeps the
 * time at which it was given.
 */
export async function lockPhones(
  ctx: TransactionContext,
  ids: readonly PhoneId[],
): Promise<TransactionContext> {
  const { db, organizationId } = ctx;
  const { now } = await selectRow(
    { db },
    z.object({ now: z.date() }),
    sql`
    WITH locked AS (
      SELECT id FROM phone
      WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])
      ORDER BY id FOR NO KEY UPDATE
    )
    SELECT clock_timestamp() AS now, count(*)::int AS phones FROM locked`,
  );
  return { ...ctx, now };
}
