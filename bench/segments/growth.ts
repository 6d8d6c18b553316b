import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { type Bench, measureMs } from "../bench.ts";
import { withPostgres } from "../with-postgres.ts";
import { drawChart } from "./chart.ts";
import { loadBareShop, shopSizes } from "./load-shop.ts";
import { createCount, saveRegulars, readColumns, shopRules } from "./shop.ts";

/** Millions of people, each with ten activities. */
const sizes = [0.1, 1, 5];

type Growth = { name: string; points: [people: number, ms: number][] };

/**
 * Measures how the twelve column counts slow down as people grow, and charts it. All columns are
 * read, whatever a process of the product may hold.
 */
export const growthBench: Bench = {
  name: "segments-growth",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(
      `${folder}/segments-growth`,
      async (db) => {
        const growths: Growth[] = shopRules.map(({ name }) => ({ name, points: [] }));
        const notes: string[] = [];
        for (const size of sizes) {
          const shop = shopSizes(size * scale);
          const organizationId = await loadBareShop(db, shop, say);
          await saveRegulars(db, organizationId);
          const { told, times } = await countAll(db, organizationId, { rounds, folder });
          const peak = Math.round(process.resourceUsage().maxRSS / 2 ** 10);
          notes.push(
            `${shop.contacts.toLocaleString("en")} people: ${told}; at most ${peak} MiB of memory by then`,
          );
          say(notes.at(-1) ?? "");
          for (const [index, ms] of times.entries())
            growths[index]?.points.push([shop.contacts, ms]);
        }
        const file = path.join(folder, "segments-growth.svg");
        await writeFile(file, drawGrowths(growths));
        return {
          bench: "segments-growth",
          data: "people with ten activities each, in columns of as many bytes as they take",
          ratios: [],
          notes: [...notes, ...formatTable(growths), `chart: ${file}`],
        };
      },
      { maxWal: "2GB" },
    ),
};

async function countAll(
  db: Db,
  organizationId: OrganizationId,
  { rounds, folder }: { rounds: number; folder: string },
) {
  const { columns, told } = await readColumns(db, organizationId);
  const count = createCount({ db, organizationId, keyFolder: `${folder}/keys`, columns });
  const times: number[] = [];
  for (const { rule } of shopRules) {
    const measured: number[] = [];
    for (let round = 0; round <= rounds; round++) measured.push(await measureMs(() => count(rule)));
    // Take the minimum: other work of the machine only ever adds time, and not in every round.
    times.push(Math.min(...measured.slice(1)));
  }
  return { told, times };
}

const peopleIn = (growths: readonly Growth[]) =>
  (growths[0]?.points ?? []).map(([people]) => people.toLocaleString("en"));

/** Table for the documentation: milliseconds, and nanoseconds per person. */
const formatTable = (growths: readonly Growth[]) => [
  `| rule | ${peopleIn(growths).join(" | ")} |`,
  ...growths.map(
    ({ name, points }) =>
      `| ${name} | ${points.map(([people, ms]) => `${ms.toFixed(1)} ms (${((1e6 * ms) / people).toFixed(0)} ns)`).join(" | ")} |`,
  ),
];

const drawGrowths = (growths: readonly Growth[]) =>
  drawChart(
    "Time of twelve counts by the number of people",
    `Each line is a rule, counted in columns at ${peopleIn(growths).join(", ")} people.`,
    growths,
  );
