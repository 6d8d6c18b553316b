// `pnpm seed <scenario>`: loads demo data into the embedded database, whether it runs or not.
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { CannotStart, runningUrl } from "@ringfence/db/postgres";
import { openKeys } from "@ringfence/services/keys";
import { scenarios } from "./demo/scenarios.ts";
import { claim } from "./supervisor/claim.ts";
import { openDatabase } from "./supervisor/database.ts";
import { signIns } from "./supervisor/greeting.ts";
import { houseSettings, type HouseSettings } from "./supervisor/house-settings.ts";
import { apiSecretOf } from "./supervisor/load-demo.ts";
import { atEnd, fail, stop, stopWhenTold } from "./supervisor/owned.ts";

const list = Object.entries(scenarios).map(([name, { says }]) => `  ${name.padEnd(8)} ${says}`);

stopWhenTold();
await load(process.argv[2]).catch(fail);

async function load(name = "") {
  const scenario = scenarios[name];
  if (scenario === undefined) {
    throw new CannotStart(["pnpm seed <scenario>, one of:", ...list].join("\n"));
  }
  const settings = houseSettings(process.env);
  const db = openDb(await embeddedUrl(settings));
  atEnd(() => db.close());
  const { members } = await scenario.load(
    { db, keys: openKeys(settings.RINGFENCE_KEY_DIR) },
    apiSecretOf(settings.stateFolder),
  );
  console.log(`${name} is loaded. Sign in as\n${signIns(members)}`);
  await stop(0);
}

async function embeddedUrl(settings: HouseSettings) {
  if (settings.DATABASE_URL !== undefined) {
    throw new CannotStart("Demo data loads into the embedded database alone: unset DATABASE_URL.");
  }
  const running = runningUrl(settings.stateFolder, "ringfence");
  if (running !== null) return running;

  atEnd(claim(settings.stateFolder));
  const database = await openDatabase(settings, true);
  atEnd(database.stop);
  await migrate(database.url);
  return database.url;
}
