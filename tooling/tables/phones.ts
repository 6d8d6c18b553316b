// Makes packages/core/data/phone/*.json, the numbering tables, from the sources named in its
// README. Run it with `pnpm tables:phones`.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { buildNumberTable } from "./phones/number-table.ts";
import { buildPlaceTable } from "./phones/place-table.ts";
import { buildRegionTable } from "./phones/region-table.ts";

const folder = path.resolve(import.meta.dirname, "../../packages/core/data/phone");
const tables = {
  numbers: buildNumberTable(),
  places: buildPlaceTable(),
  regions: buildRegionTable(),
};

for (const [name, table] of Object.entries(tables)) {
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(table)}\n`);
}
