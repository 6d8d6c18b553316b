// `pnpm limits`: lists organizations with their limits, and the rows that they have used today.
// `pnpm limits ORGANIZATION`: lists what an organization used on each of the last 31 days, as its page "Usage" does.
// `pnpm limits ORGANIZATION --rows 1000000 --requests 2 --jobs 1`: sets limits of an organization by its ID: rows of
// scrubs and imports a day, large requests and long jobs at once. `none` removes a limit.
import { parseArgs } from "node:util";
import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { CannotStart } from "@ringfence/db/postgres";
import {
  type OrganizationLimits,
  type UsageCounts,
  listLimits,
  loadUsage,
  setDailyRows,
  setHeavyLimits,
} from "@ringfence/services/account/organization";
import { openDatabaseForCommand } from "./supervisor/database.ts";
import { readInstallationSettings } from "./supervisor/installation-settings.ts";
import { onShutdown, stop, stopOnSignals, stopWithError } from "./supervisor/shutdown.ts";

const help =
  "pnpm limits, pnpm limits ORGANIZATION, or pnpm limits ORGANIZATION with --rows, --requests or --jobs and a number or none";

stopOnSignals();
await run().catch(stopWithError);

/** Limits as they were given: null removes one, and one that is undefined stays. */
type Given = Record<"rows" | "requests" | "jobs", number | null | undefined>;

async function run() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: "string" }, requests: { type: "string" }, jobs: { type: "string" } },
  });
  const [first, ...more] = positionals;
  const id = first === undefined ? null : OrganizationId.safeParse(first);
  if (more.length > 0 || id?.success === false) throw new CannotStart(help);
  const given: Given = {
    rows: readLimit(values.rows, 0),
    requests: readLimit(values.requests, 1),
    jobs: readLimit(values.jobs, 1),
  };
  const isChange = Object.values(given).some((limit) => limit !== undefined);
  if (id === null && isChange) throw new CannotStart(help);
  const db = await openDatabaseForCommand(readInstallationSettings(process.env));
  onShutdown(() => db.close());
  if (id !== null) {
    if ((await db.prisma.organization.count({ where: { id: id.data } })) === 0)
      throw new CannotStart(`There is no organization ${id.data}: pnpm limits lists them.`);
    await change(db, id.data, given);
  }
  await (id === null || isChange ? list(db) : listDays(db, id.data));
  await stop(0);
}

/** Reads a limit of at least `least`; null for `none`, and undefined if it was not given. */
function readLimit(text: string | undefined, least: number): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === "none") return null;
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) throw new CannotStart(help);
  return Number(text);
}

async function change(db: Db, id: OrganizationId, { rows, ...heavy }: Given) {
  if (rows !== undefined) await setDailyRows(db, id, rows);
  await setHeavyLimits(db, id, heavy);
}

async function list(db: Db) {
  for (const organization of await listLimits(db, new Date()))
    console.log(
      [
        organization.id,
        describeLimits(organization),
        `rows today: ${organization.rows}`,
        organization.name,
      ].join("  "),
    );
}

function describeLimits({ limit, requests, jobs }: OrganizationLimits): string {
  const limits = [
    limit !== null && `rows a day: ${limit}`,
    requests !== null && `large requests at once: ${requests}`,
    jobs !== null && `long jobs at once: ${jobs}`,
  ].filter((text) => text !== false);
  return limits.length === 0 ? "no limit" : limits.join(", ");
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
