// `pnpm seed <scenario>`: loads demo data into the embedded database, whether it runs or not.
import { openDb } from "@ringfence/db";
import { CannotStart } from "@ringfence/db/postgres";
import { scenarios } from "./demo/scenarios.ts";
import { assertDemoStaysLocal } from "./supervisor/demo-stays-local.ts";
import { signIns } from "./supervisor/greeting.ts";
import { houseDatabase } from "./supervisor/house-database.ts";
import { openHouseKeys } from "./supervisor/house-keys.ts";
import { houseSettings } from "./supervisor/house-settings.ts";
import { keepApiSecret } from "./supervisor/load-demo.ts";
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
  if (settings.DATABASE_URL !== undefined) {
    throw new CannotStart("Demo data loads into the embedded database alone: unset DATABASE_URL.");
  }
  assertDemoStaysLocal(settings);
  const db = openDb(await houseDatabase(settings));
  atEnd(() => db.close());
  const { members } = await scenario.load(
    { db, keys: await openHouseKeys(db, settings) },
    keepApiSecret(settings.stateFolder),
  );
  console.log(`${name} is loaded. Sign in as\n${signIns(members)}`);
  await stop(0);
}
