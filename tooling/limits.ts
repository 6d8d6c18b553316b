// `pnpm limits`: lists organizations with their daily limit of rows, and what they have used of it today.
// `pnpm limits ORGANIZATION`: lists what an organization used on each of the last 31 days, as its page "Usage" does.
// `pnpm limits ORGANIZATION --rows 1000000`: sets the limit of an organization by its ID. `--rows none` removes it.
import { parseArgs } from "node:util";
import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { CannotStart } from "@ringfence/db/postgres";
import {
  type UsageCounts,
  listDailyRows,
  loadUsage,
  setDailyRows,
} from "@ringfence/services/account/organization";
import { openDatabaseForCommand } from "./supervisor/database.ts";
import { readInstallationSettings } from "./supervisor/installation-settings.ts";
import { onShutdown, stop, stopOnSignals, stopWithError } from "./supervisor/shutdown.ts";

const help =
  "pnpm limits, pnpm limits ORGANIZATION, or pnpm limits ORGANIZATION --rows NUMBER|none";

stopOnSignals();
await run().catch(stopWithError);

async function run() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: "string" } },
  });
  const [given, ...more] = positionals;
  const { rows } = values;
  const id = given === undefined ? null : OrganizationId.safeParse(given);
  const isLimit = rows === undefined || (id !== null && /^(none|\d{1,9})$/.test(rows));
  if (more.length > 0 || id?.success === false || !isLimit) throw new CannotStart(help);
  const db = await openDatabaseForCommand(readInstallationSettings(process.env));
  onShutdown(() => db.close());
  if (id === null) await list(db);
  else await changeOrShow(db, id.data, rows);
  await stop(0);
}

/** Sets the limit of an organization and lists all, or lists the days of one without a new limit. */
async function changeOrShow(db: Db, id: OrganizationId, rows: string | undefined) {
  const isKnown =
    rows === undefined
      ? (await db.prisma.organization.count({ where: { id } })) > 0
      : await setDailyRows(db, id, rows === "none" ? null : Number(rows));
  if (!isKnown) throw new CannotStart(`There is no organization ${id}: pnpm limits lists them.`);
  await (rows === undefined ? listDays(db, id) : list(db));
}

/** Prints the usage of each day (UTC) and of this month, tab-separated. */
async function listDays(db: Db, id: OrganizationId) {
  const { days, month, storedBytes } = await loadUsage({ db: db.prisma }, id, new Date());
  console.log(["day", "screenings", "opt-outs", "rows", "bytes uploaded"].join("\t"));
  for (const day of days) printCounts(day.day.toISOString().slice(0, 10), day);
  printCounts("this month", month);
  console.log(`${storedBytes} bytes of uploaded files are stored now.`);
}

function printCounts(label: string, { screenings, optOuts, rows, uploadedBytes }: UsageCounts) {
  console.log([label, screenings, optOuts, rows, uploadedBytes].join("\t"));
}

async function list(db: Db) {
  for (const { id, name, limit, rows } of await listDailyRows(db, new Date()))
    console.log(
      `${id}  ${limit === null ? "no limit" : `${limit} rows a day`}, ${rows} today  ${name}`,
    );
}
