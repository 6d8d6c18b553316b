import path from "node:path";
import { migrate } from "@ringfence/db/migrate";
import { keptSecret } from "@ringfence/db/postgres";
import { answered } from "./answered.ts";
import { checkMachine } from "./check-machine.ts";
import { claim } from "./claim.ts";
import { type Database, discard, openDatabase } from "./database.ts";
import { assertDemoStaysLocal } from "./demo-stays-local.ts";
import { greeting, removeDemo, writeDemo } from "./greeting.ts";
import { rememberAddress } from "./house-address.ts";
import { checkHouseKeys } from "./house-keys.ts";
import { assertProxyIsNamed, type HouseSettings, houseSettings } from "./house-settings.ts";
import { openDemo } from "./load-demo.ts";
import { finishStart, keepRunning, launch } from "./keep-running.ts";
import { atEnd, fail, say, stopWhenTold } from "./owned.ts";
import { run } from "./processes.ts";
import type { Mode } from "./services.ts";

/**
 * Runs one process that owns all others: PostgreSQL, API, worker and web. It restarts what ends by
 * itself, and stops them in reverse order, whatever ends it. A throw-away installation begins
 * empty, is not durable, and leaves nothing behind.
 */
export async function supervise(mode: Mode, { isThrowAway = false } = {}) {
  stopWhenTold();
  await up(mode, isThrowAway).catch(fail);
}

async function up(mode: Mode, isThrowAway: boolean) {
  const settings = houseSettings(process.env);
  if (settings.DATABASE_URL === undefined) assertDemoStaysLocal(settings);
  assertProxyIsNamed(settings, process.env);
  await checkMachine(settings);
  await begin(settings, isThrowAway);
  const database = await open(settings, !isThrowAway);
  await Promise.all([migrate(database.url), make(mode.tasks)]);
  await checkHouseKeys(database.url, settings);
  const demo = database.isOurs ? await openDemo(database.url, settings) : null;
  if (demo !== null) atEnd(demo.close);
  const authSecret =
    settings.AUTH_SECRET ?? keptSecret(path.join(settings.stateFolder, "auth-secret"));
  const registryHosts = demo === null ? [] : [demo.registryHost];
  const secrets = { databaseUrl: database.url, authSecret, registryHosts };
  const services = await mode.services(settings, secrets);
  for (const service of services) launch(service);
  await Promise.all(services.map(async ({ url }) => url && (await answered(url))));
  finishStart();
  const ready = demo === null ? null : await demo.ready();
  rememberAddress(settings);
  if (ready !== null) writeDemo(settings, ready);
  say(greeting(settings, ready));
}

async function begin(settings: HouseSettings, isThrowAway: boolean) {
  atEnd(claim(settings.stateFolder));
  removeDemo(settings);
  if (!isThrowAway) return;
  await discard(settings.stateFolder);
  atEnd(() => discard(settings.stateFolder));
}

/** Opens the database before the long work, so that its faults are reported at once. */
async function open(settings: HouseSettings, isDurable: boolean): Promise<Database> {
  const opening = openDatabase(settings, isDurable);
  // A signal may come during the start.
  atEnd(async () => (await opening.catch(() => null))?.stop());
  const database = await opening;
  if (database.keep !== undefined) void keepRunning({ name: "PostgreSQL", ...database.keep });
  say(database.isOurs ? "PostgreSQL runs" : "the database answers");
  return database;
}

/** npx puts pnpm on the PATH, where turbo looks for it. */
async function make(tasks: readonly string[]) {
  if (tasks.length === 0) return;
  say(`${tasks.join(" and ")}: this takes a minute the first time`);
  const turbo = ["--yes", "pnpm@10.34.9", "exec", "turbo", "run", "--output-logs=errors-only"];
  await run("npx", [...turbo, ...tasks], {
    NEXT_TELEMETRY_DISABLED: "1",
    TURBO_TELEMETRY_DISABLED: "1",
  });
  say(`${tasks.join(" and ")}: done`);
}
