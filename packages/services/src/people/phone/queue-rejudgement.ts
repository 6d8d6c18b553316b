import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/**
 * Has the calls to persons since some instants judged again, in the transaction that makes it necessary.
 * Which calls those are is looked up later, by the scan: one whose transaction is under way would not be
 * seen from here. What counts from now on says nothing of calls that were.
 */
export async function queueRejudgement(
  { db, organizationId, now }: TransactionContext,
  since: readonly { phoneId: PhoneId; since: Date }[],
) {
  const earlier = since.filter(({ since }) => since < now);
  if (earlier.length === 0) return;
  await db.$executeRaw`
    INSERT INTO calls_again (organization_id, id, phone_id, since)
    SELECT ${organizationId}::uuid, uuid7(), *
    FROM unnest(${earlier.map(({ phoneId }) => phoneId)}::uuid[],
      ${earlier.map(({ since }) => since)}::timestamptz[])`;
}
