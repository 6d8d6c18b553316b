import {
  type RootContext,
  addJob,
  command,
  copyRows,
  defineJob,
  readDigits,
  freeQueues,
  hasNoRunningJob,
  inTransaction,
  readInteger,
  isNull,
  queueJobs,
} from "../../platform/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { AreaCounts, toArea, locateNumber } from "@ringfence/core/do-not-call/registry";
import { type RuleBook, listWithParents } from "@ringfence/core/people/jurisdiction";
import { type PhonePlan, lookUpPlan } from "@ringfence/core/people/phone";
import { findWhereabouts } from "@ringfence/core/people/jurisdiction";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";

/** Counts the contacts of an organization by jurisdiction, for the pages about registries. */
export const countContactsJob = defineJob("registry.count", {});

/**
 * Counts the contacts with a number in each jurisdiction, and those outside the areas that a registry covers, and saves
 * the counts for the pages. Numbers are streamed and not kept.
 */
export const countContacts = command({
  name: "countContacts",
  action: "registry.count",
  transaction: "by run",
  run: async (ctx): Promise<Record<string, number>> => {
    const [newest, limited, { book }] = await inTransaction(ctx, async ({ db, organizationId }) => [
      // Read before the numbers, so that contacts added meanwhile are newer and trigger another count.
      await db.contact.findFirst({
        where: { organizationId },
        orderBy: { ordinal: "desc" },
        select: { ordinal: true },
      }),
      await loadLimitedRegistries(db, organizationId),
      await loadLaw({ db, organizationId }),
    ]);
    const tally = createJurisdictionTally(book, limited);
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
  audit: "none",
});

const loadLimitedRegistries = async (
  db: Parameters<Parameters<typeof inTransaction>[1]>[0]["db"],
  organizationId: string,
): Promise<LimitedRegistry[]> => {
  const rows = await db.registry.findMany({
    where: { organizationId, edition: { gt: 0 } },
    select: { code: true, areas: true },
  });
  return rows.flatMap(({ code, areas }) => {
    const covered = Object.keys(AreaCounts.parse(areas)).map(Number);
    return covered.length === 0 ? [] : [{ code, areas: new Set(covered) }];
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
        // Skips erased numbers.
        if (!isNull(rows, row, 1)) add(readInteger(rows, row, 0), readDigits(rows, row, 1));
      }
    });
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** A registry that covers some areas only. */
type LimitedRegistry = { code: string; areas: ReadonlySet<number> };

/** Key for contacts in jurisdictions without known rules. */
export const UNKNOWN_JURISDICTION = "";

/** Key for contacts in a jurisdiction whose numbers lie outside the areas that a registry covers. */
export const outsideKey = (jurisdiction: string, code: string) => `${jurisdiction} ${code}`;

/**
 * Creates a tally of contacts by jurisdiction. A contact counts once per jurisdiction, however many numbers it has
 * there. It takes one bit per contact and jurisdiction.
 */
function createJurisdictionTally(law: RuleBook, limited: readonly LimitedRegistry[]) {
  const tallies = new Map<string, { bits: Uint8Array; count: number }>();
  const jurisdictionsOfPlan = new Map<PhonePlan, readonly string[]>();

  function countOnce(key: string, ordinal: number) {
    const tally = tallies.get(key) ?? { bits: new Uint8Array(1_024), count: 0 };
    tallies.set(key, tally);
    const [at, bit] = [ordinal >> 3, 1 << (ordinal & 7)];
    if (at >= tally.bits.length) tally.bits = grow(tally.bits, at);
    const before = tally.bits[at] ?? 0;
    if ((before & bit) !== 0) return;
    tally.bits[at] = before | bit;
    tally.count++;
  }

  return {
    add: (ordinal: number, digits: number) => {
      const plan = lookUpPlan(digits);
      const jurisdictions = jurisdictionsOfPlan.get(plan) ?? findJurisdictions(law, plan);
      jurisdictionsOfPlan.set(plan, jurisdictions);
      for (const jurisdiction of jurisdictions) countOnce(jurisdiction, ordinal);
      if (limited.length === 0) return;
      const area = toArea(locateNumber(digits).block);
      for (const { code, areas } of limited) {
        if (areas.has(area)) continue;
        for (const jurisdiction of jurisdictions) {
          countOnce(outsideKey(jurisdiction, code), ordinal);
        }
      }
    },
    counts: (): Record<string, number> =>
      Object.fromEntries([...tallies].map(([key, { count }]) => [key, count])),
  };
}

/**
 * Finds the jurisdictions of a number and their parents, without those of its owners' addresses. As in a screening, if
 * the rules of one place are unknown, the number counts in `UNKNOWN_JURISDICTION` alone.
 */
function findJurisdictions(law: RuleBook, plan: PhonePlan): readonly string[] {
  const { jurisdictions } = findWhereabouts(law, plan, []);
  return jurisdictions.length > 0 ? listWithParents(law, jurisdictions) : [UNKNOWN_JURISDICTION];
}

function grow(bits: Uint8Array, at: number) {
  const more = new Uint8Array(Math.max(at + 1, bits.length * 2));
  more.set(bits);
  return more;
}

/** Counts are renewed after this time, because contacts lose numbers and registries change their areas. */
const RECOUNT_HOURS = 1;
/** While contacts keep arriving, they are counted no more often than this. */
const RECOUNT_MINUTES = 5;

/**
 * Queues a count for each organization whose count is old or that has newer contacts, unless one is running.
 * Crosses organizations, which only the sweep may do. Returns how many were queued.
 */
export async function startDueCounts({ prisma }: Db): Promise<number> {
  await freeQueues(prisma, countContactsJob);
  const id = sql`organization.id`;
  const name = sql`${`${countContactsJob.name} `} || ${id}`;
  const count = addJob(countContactsJob, { organizationId: id }, { key: name, queue: name });
  return queueJobs(
    prisma,
    sql`SELECT ${count} FROM organization
    CROSS JOIN LATERAL (
      SELECT ordinal FROM contact WHERE organization_id = organization.id
      ORDER BY ordinal DESC LIMIT 1
    ) AS newest
    LEFT JOIN contact_count AS counted ON counted.organization_id = organization.id
    WHERE ${hasNoRunningJob(name)} AND (
      counted_at IS NULL OR counted_at <= clock_timestamp() - make_interval(hours => ${RECOUNT_HOURS})
      OR newest.ordinal > counted.newest
        AND counted_at <= clock_timestamp() - make_interval(mins => ${RECOUNT_MINUTES}))`,
  );
}
