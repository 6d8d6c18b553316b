// `pnpm limits`: lists organizations with their daily limit of rows, and what they have used of it today.
// `pnpm limits ORGANIZATION --rows 1000000`: sets the limit of an organization by its ID. `--rows none` removes it.
import { parseArgs } from "node:util";
import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { CannotStart } from "@ringfence/db/postgres";
import { listDailyRows, setDailyRows } from "@ringfence/services/account/organization";
import { openDatabaseForCommand } from "./supervisor/database.ts";
import { readInstallationSettings } from "./supervisor/installation-settings.ts";
import { onShutdown, stop, stopOnSignals, stopWithError } from "./supervisor/shutdown.ts";

const usage = "pnpm limits, or pnpm limits ORGANIZATION --rows NUMBER|none";

stopOnSignals();
await run().catch(stopWithError);

async function run() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: "string" } },
  });
  const [given, ...more] = positionals;
  const id = OrganizationId.safeParse(given);
  const isLimit = /^(none|\d{1,9})$/.test(values.rows ?? "");
  const isList = given === undefined && values.rows === undefined;
  if (more.length > 0 || !(isList || (id.success && isLimit))) throw new CannotStart(usage);
  const db = await openDatabaseForCommand(readInstallationSettings(process.env));
  onShutdown(() => db.close());
  if (id.success) {
    const limit = values.rows === "none" ? null : Number(values.rows);
    if (!(await setDailyRows(db, id.data, limit)))
      throw new CannotStart(`There is no organization ${id.data}: pnpm limits lists them.`);
  }
  await list(db);
  await stop(0);
}

async function list(db: Db) {
  for (const { id, name, limit, rows } of await listDailyRows(db, new Date()))
    console.log(
      `${id}  ${limit === null ? "no limit" : `${limit} rows a day`}, ${rows} today  ${name}`,
    );
}
