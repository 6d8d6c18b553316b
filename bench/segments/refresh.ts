import type { Rule } from "@ringfence/core/segment";
import type { Db } from "@ringfence/db";
import { recordActivities } from "@ringfence/services/activity";
import type { TransactionContext } from "@ringfence/services/context";
import { openKeys } from "@ringfence/services/keys";
import { refreshSegment, refreshTouched, saveSegment } from "@ringfence/services/segment";
import { timed } from "../bench.ts";
import type { loadShop } from "./load-shop.ts";
import { shopNow } from "./load-shop.ts";

const ACTIVITIES = 10_000;

type Named = { name: string; rule: Rule };
/** In milliseconds: all of a segment found and kept, and who was touched alone; null where that does not do. */
export type Refreshed = { name: string; size: number; whole: number; touched: number | null };

class Undone extends Error {}

/**
 * Saves a segment by each rule, finds its people, puts 10,000 activities on record, and asks again of
 * whom they are, as the worker does. Nothing of it stays.
 */
export async function measureRefresh(
  db: Db,
  organizationId: Awaited<ReturnType<typeof loadShop>>,
  keyFolder: string,
  rules: readonly Named[],
): Promise<Refreshed[]> {
  const keys = openKeys(keyFolder);
  const found: Refreshed[] = [];
  const work = async (transaction: TransactionContext["db"]) => {
    const at = { db: transaction, keys, organizationId, now: shopNow };
    const member = { type: "member", id: "bench", role: "officer", sellerIds: [] } as const;
    const [marketer, worker] = [
      { ...at, actor: member },
      { ...at, actor: { type: "job", name: "segment.refresh" } as const },
    ];
    const kept = [];
    for (const { name, rule } of rules) {
      const { id } = await saveSegment(marketer, { name, rule });
      let size = 0;
      const whole = await timed(async () => {
        size = (await refreshSegment(worker, id))?.size ?? 0;
      });
      kept.push({ id, name, size, whole });
    }
    await recordActivities(marketer, { rows: await someActivities(marketer) });
    const touches = await transaction.segmentTouch.findMany({ where: { organizationId } });
    const ordinals = touches.flatMap(({ ordinals }) => ordinals);
    for (const { id, ...segment } of kept) {
      const answers: unknown[] = [];
      const touched = await timed(async () => {
        answers.push(await refreshTouched(worker, id, ordinals));
      });
      found.push({ ...segment, touched: answers.includes(null) ? null : touched });
    }
    throw new Undone();
  };
  try {
    await db.prisma.$transaction(work, { timeout: 600_000 });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return found;
}

/** Purchases and visits of the day before, of as many people. */
async function someActivities({ db, organizationId }: TransactionContext) {
  const people = await db.contact.findMany({
    where: { organizationId, externalId: { not: null } },
    select: { externalId: true },
    orderBy: { id: "asc" },
    take: ACTIVITIES,
  });
  const yesterday = new Date(shopNow.getTime() - 86_400_000).toISOString();
  return Array.from({ length: ACTIVITIES }, (_, index) => {
    const contact = people[index % people.length]?.externalId;
    const sent = { externalId: `new-${index}`, contact, at: yesterday };
    return index % 2 === 0
      ? { ...sent, type: "purchase", amount: 25, category: "garden" }
      : { ...sent, type: "visit", properties: { page: "/checkout" } };
  });
}
