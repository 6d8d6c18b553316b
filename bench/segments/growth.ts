import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type Bench, medianOf, timed } from "../bench.ts";
import { withPostgres } from "../with-postgres.ts";
import { chartOf } from "./chart.ts";
import { loadShop, shopSizes } from "./load-shop.ts";
import { countWith, keepRegulars, readColumns, shopRules } from "./shop.ts";

/** In millions of people, each with ten times as many activities. */
const sizes = [0.1, 1, 5];

/** How the time of the twelve counts grows with the people, and a chart of it. */
export const growthBench: Bench = {
  name: "segments-growth",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(`${folder}/segments`, async (db) => {
      const lines = shopRules.map(({ name }) => ({ name, points: [] as [number, number][] }));
      const notes: string[] = [];
      for (const size of sizes) {
        const asked = shopSizes(size * scale);
        const organizationId = await loadShop(db, asked, say);
        await keepRegulars(db, organizationId);
        const { columns, told } = await readColumns(db, organizationId);
        notes.push(`${asked.contacts} people: ${told}`);
        say(notes.at(-1) ?? "");
        const count = countWith({ db, organizationId, keyFolder: `${folder}/keys`, columns });
        for (const [index, { name, rule }] of shopRules.entries()) {
          const times: number[] = [];
          for (let round = 0; round <= rounds; round++) times.push(await timed(() => count(rule)));
          const ms = medianOf(times.slice(1));
          lines[index]?.points.push([asked.contacts, ms]);
          say(`${asked.contacts} people, ${name}: ${ms.toFixed(1)} ms`);
        }
      }
      const file = path.join(folder, "segments-growth.svg");
      await writeFile(file, chartOf(lines));
      return {
        bench: "segments-growth",
        data: `${sizes.map((size) => shopSizes(size * scale).contacts).join(", ")} people, ten activities each`,
        ratios: [],
        notes: [
          ...notes,
          ...lines.map(
            ({ name, points }) =>
              `${name}: ${points.map(([, ms]) => `${ms.toFixed(1)} ms`).join(", ")}`,
          ),
          `chart: ${file}`,
        ],
      };
    }),
};
