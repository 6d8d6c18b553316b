import type { Rule } from "@ringfence/core/audience/segment";
import { recordActivities } from "@ringfence/services/people/activity";
import type { TransactionContext } from "@ringfence/services/context";
import { keysIn } from "@ringfence/services/testing/keys";
import {
  byDatabase,
  countRule,
  loadTouchedPeople,
  refreshSegment,
  updateMembership,
  saveSegment,
} from "@ringfence/services/audience/segment";
import { median, measureMs } from "../bench.ts";
import { shopNow } from "./load-shop.ts";
import { atCurrentTime, type Shop } from "./shop.ts";

const ACTIVITIES = 10_000;

type Named = { name: string; rule: Rule };
/**
 * Milliseconds to find and save a whole segment, and to check only the people with new activities:
 * from columns that were read before, and by the database alone. Null if that does not work.
 */
export type Refreshed = {
  name: string;
  size: number;
  whole: number;
  touched: { columns: number; database: number } | null;
};
/**
 * `read`: reading the changed people into columns, once for all segments; `others`: how many must
 * be checked in the database.
 */
export type AllRefreshed = { read: number; others: number; segments: Refreshed[] };

class RolledBack extends Error {}

/**
 * Saves a segment for each rule, finds its people, records 10,000 activities, and checks their
 * people again as the worker does. Everything is rolled back.
 */
export async function measureRefresh(shop: Shop, rules: readonly Named[]): Promise<AllRefreshed> {
  let [read, others] = [0, 0];
  const segments: Refreshed[] = [];
  await inRolledBackTransaction(shop, async ({ marketer, worker, transaction }) => {
    const kept = [];
    for (const { name, rule } of rules) {
      const { id } = await saveSegment(marketer, { name, rule });
      let size = 0;
      const whole = await measureMs(async () => {
        size = (await refreshSegment(worker, id))?.size ?? 0;
      });
      kept.push({ id, name, size, whole });
    }
    await recordActivities(atCurrentTime(marketer), { rows: await makeActivities(marketer) });
    const { organizationId } = shop;
    const touches = await transaction.segmentTouch.findMany({ where: { organizationId } });
    const ordinals = touches.flatMap(({ ordinals }) => ordinals);
    let touched = byDatabase(ordinals);
    read = await measureMs(async () => {
      touched = await loadTouchedPeople(worker, ordinals);
    });
    if (touched.columns === null) throw new Error("no columns of who was touched");
    others = touched.incomplete.length;
    for (const { id, ...segment } of kept) {
      const columns = await timeAnswer(() => updateMembership(worker, { segmentId: id, touched }));
      const database = await timeAnswer(() =>
        updateMembership(worker, { segmentId: id, touched: byDatabase(ordinals) }),
      );
      if (columns.answer?.size !== database.answer?.size)
        throw new Error(`${segment.name} differs`);
      const times = { columns: columns.ms, database: database.ms };
      segments.push({ ...segment, touched: columns.answer && times });
    }
  });
  return { read, others, segments };
}

async function timeAnswer<T>(work: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  const begin = performance.now();
  const answer = await work();
  return { answer, ms: performance.now() - begin };
}

/** Matches more than a third of the people, by their activities. */
const wideRule: Rule = {
  is: "activity",
  did: { type: "purchase" },
  during: { span: "last", days: 90 },
  measure: "count",
  compare: { op: "at-least", value: 1 },
};

/**
 * Measures in milliseconds how long it takes to count very many people, and to find and save them
 * as a segment.
 */
export async function measureKeeping(shop: Shop, rounds: number) {
  const [counted, kept]: [number[], number[]] = [[], []];
  let size = 0;
  await inRolledBackTransaction(shop, async ({ marketer, worker }) => {
    const { id } = await saveSegment(marketer, { name: "Wide", rule: wideRule });
    for (let round = 0; round < rounds; round++) {
      counted.push(await measureMs(() => countRule(marketer, { rule: wideRule })));
      // Each refresh has its own instant, because the size of each is kept.
      const now = new Date(shopNow.getTime() + round);
      kept.push(
        await measureMs(async () => {
          size = (await refreshSegment({ ...worker, now }, id))?.size ?? 0;
        }),
      );
    }
  });
  return { size, counted: median(counted), kept: median(kept) };
}

type Actors = {
  marketer: TransactionContext;
  worker: TransactionContext;
  transaction: TransactionContext["db"];
};

/** Runs work in a transaction that is rolled back. */
async function inRolledBackTransaction(
  { db, organizationId, keyFolder, columns }: Shop,
  work: (actors: Actors) => Promise<void>,
) {
  const keys = keysIn(keyFolder);
  const run = async (transaction: TransactionContext["db"]) => {
    const at = { db: transaction, keys, organizationId, now: shopNow, columns };
    const member = { type: "member", id: "bench", role: "officer", sellerIds: [] } as const;
    const marketer = { ...at, actor: member };
    const worker = { ...at, actor: { type: "job", name: "segment.refresh" } as const };
    await work({ marketer, worker, transaction });
    throw new RolledBack();
  };
  try {
    await db.prisma.$transaction(run, { timeout: 600_000 });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
}

/** Purchases and visits of the day before, each by another person. */
async function makeActivities({ db, organizationId }: TransactionContext) {
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
