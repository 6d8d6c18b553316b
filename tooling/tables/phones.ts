// Makes packages/core/data/phone/*.json, the numbering tables, from the sources named in its
// README. Run it with `pnpm tables:phones`.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { numberTable } from "./phones/number-table.ts";
import { placeTable } from "./phones/place-table.ts";
import { regionTable } from "./phones/region-table.ts";

const folder = path.resolve(import.meta.dirname, "../../packages/core/data/phone");
const tables = { numbers: numberTable(), places: placeTable(), regions: regionTable() };

for (const [name, table] of Object.entries(tables)) {
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(table)}\n`);
}
