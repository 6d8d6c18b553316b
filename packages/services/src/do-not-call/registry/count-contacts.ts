import { command } from "../../platform/verb.ts";
import { AreaCounts } from "@ringfence/core/do-not-call/registry";
import { inTransaction, type RootContext } from "../../platform/context.ts";
import { copyRows, digitsIn, integerIn, isNull } from "../../platform/copy-rows.ts";
import { type LimitedRegistry, makePlaceTally } from "./place-tally.ts";

/**
 * Counts how many contacts have a number in each place, and keeps it for the pages. All numbers go by once,
 * and none is kept.
 */
export const countContacts = command({
  name: "countContacts",
  action: "registry.count",
  transaction: "by run",
  run: async (ctx): Promise<Record<string, number>> => {
    const [newest, limited] = await inTransaction(ctx, async ({ db, organizationId }) => [
      // Before the numbers: whoever comes meanwhile is newer, and is counted again.
      await db.contact.findFirst({
        where: { organizationId },
        orderBy: { ordinal: "desc" },
        select: { ordinal: true },
      }),
      await limitedRegistries(db, organizationId),
    ]);
    const tally = makePlaceTally(limited);
    await eachNumber(ctx, tally.add);
    const counts = tally.counts();
    await inTransaction(ctx, async ({ db, organizationId, now }) => {
      await db.$executeRaw`
      INSERT INTO contact_count (organization_id, counts, newest, counted_at)
      VALUES (${organizationId}::uuid, ${JSON.stringify(counts)}::jsonb,
        ${newest?.ordinal ?? 0}, ${now})
      ON CONFLICT (organization_id) DO UPDATE
        SET counts = excluded.counts, newest = excluded.newest, counted_at = excluded.counted_at`;
    });
    return counts;
  },
  audit: "by run",
});

const limitedRegistries = async (
  db: Parameters<Parameters<typeof inTransaction>[1]>[0]["db"],
  organizationId: string,
): Promise<LimitedRegistry[]> => {
  const rows = await db.registry.findMany({
    where: { organizationId, edition: { gt: 0 } },
    select: { code: true, areas: true },
  });
  return rows.flatMap(({ code, areas }) => {
    const named = Object.keys(AreaCounts.parse(areas)).map(Number);
    return named.length === 0 ? [] : [{ code, areas: new Set(named) }];
  });
};

async function eachNumber(
  { db, organizationId }: RootContext,
  add: (ordinal: number, digits: number) => void,
) {
  const query = `SELECT contact_ordinal, e164 FROM contact_phone AS theirs
    JOIN phone ON phone.organization_id = theirs.organization_id AND phone.id = theirs.phone_id
    WHERE theirs.organization_id = '${organizationId}'::uuid`;
  const client = await db.pool.connect();
  try {
    await copyRows(client, query, 2, (rows) => {
      for (let row = 0; row < rows.count; row++) {
        // A number that was erased has no place.
        if (!isNull(rows, row, 1)) add(integerIn(rows, row, 0), digitsIn(rows, row, 1));
      }
    });
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
