import { randomUUID } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import { recordActivities } from "@ringfence/services/people/activity";
import { keysIn } from "@ringfence/services/testing/keys";
import { atLeast, atMost, type Bench, measureMs, median, type Ratio } from "../bench.ts";
import { withPostgres } from "../with-postgres.ts";
import { loadShop, shopNow, shopSizes } from "./load-shop.ts";
import { measureNaive } from "./naive.ts";
import { openPeer, peerCount } from "./peer.ts";
import { peerRules } from "./peer-rules.ts";
import { type AllRefreshed, measureKeeping, measureRefresh, type Refreshed } from "./refresh.ts";
import {
  atCurrentTime,
  createCount,
  readColumns,
  saveRegulars,
  type Shop,
  shopRules,
} from "./shop.ts";

const targets = { median: 2, least: 1, naive: 50, keeping: 2, refreshMs: 1_000 };

type Measured = { name: string; ours: number[]; peer: number[]; count: number };

/**
 * Counts by twelve rules with the live count's verb, next to DuckDB on the same data. Before each
 * round people do something more in both, so that earlier counts are of no use.
 */
export const segmentsBench: Bench = {
  name: "segments",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(`${folder}/segments`, async (db) => {
      const sizes = shopSizes(scale);
      const organizationId = await loadShop(db, sizes, say);
      await saveRegulars(db, organizationId);
      say("loading the peer");
      const peer = await openPeer(db, organizationId, `${folder}/segments-csv`);
      const naive = await measureNaive(db, organizationId, say);
      say("reading columns");
      const { columns, told: read } = await readColumns(db, organizationId);
      const shop = { db, organizationId, keyFolder: `${folder}/keys`, columns };
      const measured = await measureCounts(shop, peer, rounds);
      peer.closeSync();
      for (const one of measured) say(formatMeasured(one, naive));
      const kept = await measureKeeping(shop, rounds);
      const refreshed = await measureRefresh(shop, shopRules);
      return {
        bench: "segments",
        data: `${sizes.contacts} contacts, ${sizes.activities} activities of a year; 100 more before each round`,
        ratios: listRatios(measured, naive, kept, refreshed),
        notes: [
          read,
          ...measured.map((one) => formatMeasured(one, naive)),
          `${refreshed.others} of the people with new activities checked in the database; the others read in ${refreshed.read.toFixed(1)} ms`,
          ...refreshed.segments.map(formatRefresh),
        ],
      };
    }),
};

/** Measures the counts. The first round warms up both and is not counted. */
async function measureCounts(
  shop: Shop,
  peer: DuckDBConnection,
  rounds: number,
): Promise<Measured[]> {
  const count = createCount(shop);
  const measured: Measured[] = shopRules.map(({ name }) => ({
    name,
    ours: [],
    peer: [],
    count: 0,
  }));
  for (let round = 0; round <= rounds; round++) {
    await changeSome(shop, peer);
    for (const [index, { name, rule }] of shopRules.entries()) {
      const [query, one] = [peerRules[name], measured[index]];
      if (query === undefined || one === undefined) throw new Error(`no rule ${name}`);
      let other = 0;
      const ours = await measureMs(async () => {
        one.count = await count(rule);
      });
      const peers = await measureMs(async () => {
        other = await peerCount(peer, query);
      });
      if (one.count !== other) throw new Error(`${name}: we count ${one.count}, the peer ${other}`);
      if (round === 0) continue;
      one.ours.push(ours);
      one.peer.push(peers);
    }
  }
  return measured;
}

function listRatios(
  measured: readonly Measured[],
  naive: ReadonlyMap<string, number>,
  { size, counted, kept }: Awaited<ReturnType<typeof measureKeeping>>,
  { read, segments }: AllRefreshed,
): Ratio[] {
  const ratios = measured.map(peerRatio);
  const touched = segments.map(({ touched }) => touched?.columns ?? 0);
  return [
    atLeast("counts against DuckDB, median of 12 rules", median(ratios), targets.median),
    atLeast("counts against DuckDB, the least of 12 rules", Math.min(...ratios), targets.least),
    atLeast(
      "counts against SQL over JSONB, median of 12 rules",
      median(measured.map((one) => naiveRatio(one, naive))),
      targets.naive,
    ),
    atMost(
      `time to find and keep ${size} people, against that to count them`,
      kept / counted,
      targets.keeping,
    ),
    atMost(
      "ms to refresh a segment after 10,000 activities, the slowest",
      read + Math.max(...touched),
      targets.refreshMs,
    ),
    atMost(
      "ms to refresh all segments after 10,000 activities",
      read + touched.reduce((sum, ms) => sum + ms),
      targets.refreshMs,
    ),
  ];
}

const peerRatio = ({ ours, peer }: Measured) => median(peer) / median(ours);

const naiveRatio = ({ name, ours }: Measured, naive: ReadonlyMap<string, number>) =>
  (naive.get(name) ?? Number.NaN) / median(ours);

const formatMeasured = (one: Measured, naive: ReadonlyMap<string, number>) =>
  `${one.name}: ${one.count} people; ${median(one.ours).toFixed(1)} ms, DuckDB ${median(one.peer).toFixed(1)} ms: ${peerRatio(one).toFixed(2)}x; JSONB ${naive.get(one.name)?.toFixed(0)} ms: ${naiveRatio(one, naive).toFixed(0)}x`;

const formatRefresh = ({ name, size, whole, touched }: Refreshed) =>
  `${name}: all ${size} people found and kept in ${whole.toFixed(1)} ms; ${touched === null ? "as a whole alone" : `of 10,000 activities in ${touched.columns.toFixed(1)} ms, by the database in ${touched.database.toFixed(1)} ms`}`;

const CHANGED = 100;

/** Adds new activities, in the product and the peer, of different people each time. */
async function changeSome(
  { db, organizationId, keyFolder }: Shop,
  peer: DuckDBConnection,
): Promise<void> {
  const people = await db.pool.query<{ external_id: string; ordinal: number }>(
    `SELECT external_id, ordinal FROM contact WHERE organization_id = $1
     ORDER BY hashint8extended(ordinal, $2) LIMIT ${CHANGED}`,
    [organizationId, Math.floor(Math.random() * 1e9)],
  );
  const at = new Date(shopNow.getTime() - 86_400_000).toISOString();
  const rows = people.rows.map(({ external_id }, index) => {
    const sent = { externalId: randomUUID(), contact: external_id, at };
    return index % 2 === 0
      ? { ...sent, type: "purchase", amount: 25, category: "garden" }
      : { ...sent, type: "visit", properties: { page: "/checkout" } };
  });
  const actor = { type: "member", id: "bench", role: "officer", sellerIds: [] } as const;
  const keys = keysIn(keyFolder);
  await db.prisma.$transaction((transaction) =>
    recordActivities(
      atCurrentTime({ db: transaction, keys, organizationId, actor, now: shopNow }),
      {
        rows,
      },
    ),
  );
  const told = people.rows.map(({ ordinal }, index) =>
    index % 2 === 0
      ? `(${ordinal}, 'purchase', TIMESTAMPTZ '${at}', 2500, 'garden', '{}')`
      : `(${ordinal}, 'visit', TIMESTAMPTZ '${at}', NULL, NULL, '{"page":"/checkout"}')`,
  );
  await peer.run(`INSERT INTO activity VALUES ${told.join()}`);
}
