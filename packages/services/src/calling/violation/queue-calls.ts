import type { TransactionContext } from "../../platform/context.ts";

/**
 * Has calls that are new judged: the sweep finds them. A call that comes late may put later ones of
 * the same person over a cap, so that these are judged again.
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
        WHERE later.organization_id = made.organization_id AND later.phone_id = made.phone_id
          AND later.at > made.at AND later.recorded_at < ${now})
    GROUP BY phone_id`;
}
