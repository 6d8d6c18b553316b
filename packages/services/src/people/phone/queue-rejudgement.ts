import type { PhoneId } from "@ringfence/core/ids";
import { type TransactionContext, toTable } from "../../platform/internal.ts";

/**
 * Queues the calls to these phones since some time to be judged again. A scan finds the calls later,
 * because calls of open transactions would not be seen here. A fact that counts only from now on concerns no past
 * call, and is left out.
 */
export async function queueRejudgement(
  { db, organizationId, now }: TransactionContext,
  since: readonly { phoneId: PhoneId; since: Date }[],
) {
  const earlier = since.filter(({ since }) => since < now);
  if (earlier.length === 0) return;
  await db.$executeRaw`
    INSERT INTO calls_again (organization_id, id, phone_id, since)
    SELECT ${organizationId}::uuid, uuid7(), phone_id, since
    FROM ${toTable(earlier, { phoneId: "uuid", since: "timestamptz" })} AS earlier`;
}
