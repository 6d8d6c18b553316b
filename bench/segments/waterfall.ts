import { SegmentId } from "@ringfence/core/ids";
import { Rule } from "@ringfence/core/audience/segment";
import { keysIn } from "@ringfence/services/testing/keys";
import { refreshSegment, saveSegment, screenSegment } from "@ringfence/services/audience/segment";
import type { RootContext } from "@ringfence/services/context";
import { authenticateRows } from "@ringfence/services/testing/authenticate-rows";
import { atLeast, type Bench, median, measureMs } from "../bench.ts";
import { withPostgres } from "../with-postgres.ts";
import { loadShop } from "./load-shop.ts";

/** At this rate, a million people take twenty seconds. */
const peopleASecond = 50_000;

/** Screens all people of a shop with the worker's verb, including what it saves. */
export const waterfallBench: Bench = {
  name: "waterfall",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(`${folder}/waterfall`, async (db, _, service) => {
      const contacts = Math.round(1_000_000 * scale);
      const organizationId = await loadShop(db, { contacts, activities: 1_000 }, say);
      const keys = keysIn(`${folder}/keys`);
      await authenticateRows({ db, keys }, organizationId);
      const root = { db: service, keys, organizationId };
      const as = (name: string): RootContext => ({ ...root, actor: { type: "job", name } });
      const marketer = { type: "member", id: "bench", role: "marketer", sellerIds: [] } as const;
      const known = await db.prisma.segment.findFirst({ where: { organizationId, name: "All" } });
      const rule = Rule.parse({ is: "all", of: [] });
      const id = known
        ? SegmentId.parse(known.id)
        : (await saveSegment({ ...root, actor: marketer }, { name: "All", rule })).id;
      await refreshSegment(as("segment.refresh"), id);

      const times: number[] = [];
      for (let round = 0; round < rounds; round++) {
        times.push(await measureMs(() => screenSegment(as("segment.screen"), { segmentId: id })));
        say(`${contacts} people in ${Math.round(times.at(-1) ?? 0)} ms`);
      }
      const { rss } = process.memoryUsage();
      const perSecond = Math.round(contacts / (median(times) / 1_000));
      return {
        bench: "waterfall",
        data: `${contacts} people, each with a phone`,
        ratios: [atLeast("people screened a second", perSecond, peopleASecond)],
        notes: [`${Math.round(rss / 2 ** 20)} MiB of memory at the end`],
      };
    }),
};
