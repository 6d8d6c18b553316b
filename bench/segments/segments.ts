import { SegmentId } from "@ringfence/core/ids";
import { Rule } from "@ringfence/core/segment";
import type { Db } from "@ringfence/db";
import { openKeys } from "@ringfence/services/keys";
import { countRule } from "@ringfence/services/segment";
import { atLeast, atMost, type Bench, medianOf, timed } from "../bench.ts";
import { withPostgres } from "../with-postgres.ts";
import { loadShop, shopNow, shopSizes } from "./load-shop.ts";
import { openPeer, peerCount } from "./peer.ts";
import { peerRules } from "./peer-rules.ts";
import { measureRefresh, type Refreshed } from "./refresh.ts";
import rulesFile from "./rules.json" with { type: "json" };

/** Fixed before anything was tuned: see the history of rules.json. */
const rules = rulesFile.map(({ name, rule }) => ({ name, rule: Rule.parse(rule) }));

const medianTarget = 2;
const leastTarget = 1;
const refreshMs = 1_000;

type Measured = { name: string; ours: number[]; peer: number[]; count: number };

/** Counts by twelve rules, by the verb of the live count, beside DuckDB on the same data. */
export const segmentsBench: Bench = {
  name: "segments",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(`${folder}/segments`, async (db) => {
      const sizes = shopSizes(scale);
      const organizationId = await loadShop(db, sizes, say);
      await keepRegulars(db, organizationId);
      const count = countWith(db, organizationId, `${folder}/keys`);
      say("loading the peer");
      const peer = await openPeer(db, organizationId, `${folder}/segments-csv`);

      const measured: Measured[] = [];
      for (const { name, rule } of rules) {
        const query = peerRules[name];
        if (query === undefined) throw new Error(`the peer has no rule ${name}`);
        const [own, other] = [await count(rule), await peerCount(peer, query)];
        if (own !== other) throw new Error(`${name}: we count ${own}, the peer ${other}`);
        const one: Measured = { name, ours: [], peer: [], count: own };
        for (let round = 0; round < rounds; round++) {
          one.ours.push(await timed(() => count(rule)));
          one.peer.push(await timed(() => peerCount(peer, query)));
        }
        say(told(one));
        measured.push(one);
      }
      peer.closeSync();
      const ratios = measured.map(ratioOf);
      const refreshed = await measureRefresh(db, organizationId, `${folder}/keys`, rules);
      const slowest = Math.max(...refreshed.map(({ touched }) => touched ?? 0));
      return {
        bench: "segments",
        data: `${sizes.contacts} contacts, ${sizes.activities} activities of a year`,
        ratios: [
          atLeast("counts against DuckDB, median of 12 rules", medianOf(ratios), medianTarget),
          atLeast("counts against DuckDB, the least of 12 rules", Math.min(...ratios), leastTarget),
          atMost(
            "ms to refresh a segment after 10,000 activities, the slowest",
            slowest,
            refreshMs,
          ),
        ],
        notes: [...measured.map(told), ...refreshed.map(toldOfRefresh)],
      };
    }),
};

const ratioOf = ({ ours, peer }: Measured) => medianOf(peer) / medianOf(ours);

const told = (one: Measured) =>
  `${one.name}: ${one.count} people; ${medianOf(one.ours).toFixed(1)} ms, DuckDB ${medianOf(one.peer).toFixed(1)} ms: ${ratioOf(one).toFixed(2)}x`;

const toldOfRefresh = ({ name, size, whole, touched }: Refreshed) =>
  `${name}: all ${size} people found and kept in ${whole.toFixed(1)} ms; ${touched === null ? "as a whole alone" : `of 10,000 activities in ${touched.toFixed(1)} ms`}`;

/** The segment that one of the rules names. */
async function keepRegulars({ prisma }: Db, organizationId: string) {
  const id = SegmentId.parse("00000000-0000-7000-8000-0000000000a1");
  const rule = {
    is: "activity",
    did: { type: "purchase" },
    measure: "count",
    compare: { op: "at-least", value: 3 },
  };
  await prisma.segment.createMany({
    data: { organizationId, id, name: "Regulars", version: 1, createdAt: shopNow },
    skipDuplicates: true,
  });
  await prisma.segmentVersion.createMany({
    data: { organizationId, segmentId: id, number: 1, rule, at: shopNow, actor: {} },
    skipDuplicates: true,
  });
}

/** The verb as the builder calls it, but for the clock: the rules ask about days of the data. */
function countWith(
  db: Db,
  organizationId: Awaited<ReturnType<typeof loadShop>>,
  keyFolder: string,
) {
  const keys = openKeys(keyFolder);
  const actor = { type: "member", id: "bench", role: "marketer", sellerIds: [] } as const;
  return (rule: Rule) =>
    db.prisma.$transaction(
      async (transaction) => {
        const ctx = { db: transaction, keys, organizationId, actor, now: shopNow };
        const { count, faults } = await countRule(ctx, { rule });
        if (count === null) throw new Error(JSON.stringify(faults));
        return count;
      },
      { timeout: 120_000 },
    );
}
