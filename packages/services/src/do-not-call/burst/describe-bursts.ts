import type { TransactionContext } from "../../platform/internal.ts";

/**
 * Describes bursts to endpoints, without addresses or phone numbers. The opt-outs themselves are shown on the
 * page.
 */
export async function describeBursts(
  { db, organizationId }: TransactionContext,
  ids: string[],
): Promise<[id: string, told: object][]> {
  const rows = await db.refusalBurst.findMany({
    where: { organizationId, id: { in: ids } },
    include: { _count: { select: { refusals: true } } },
  });
  return rows.map(({ id, addressKey, openedAt, lastAt, _count: { refusals } }) => [
    id,
    {
      id,
      channel: "web",
      addresses: addressKey === null ? "many" : "one",
      refusals,
      since: openedAt,
      lastAt,
      page: `/opt-outs/bursts/${id}`,
    },
  ]);
}
