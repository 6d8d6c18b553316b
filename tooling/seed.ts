// `pnpm seed <scenario>`: loads demo data into the embedded database, whether it runs or not.
import { CannotStart } from "@ringfence/db/postgres";
import { scenarios } from "./demo/scenarios.ts";
import { assertDemoStaysLocal } from "./supervisor/demo-stays-local.ts";
import { formatSignIns } from "./supervisor/ready-message.ts";
import { openDatabaseForCommand } from "./supervisor/database.ts";
import { openInstallationKeys } from "./supervisor/installation-keys.ts";
import { readInstallationSettings } from "./supervisor/installation-settings.ts";
import { loadOrCreateApiSecret } from "./supervisor/open-demo.ts";
import { onShutdown, stop, stopOnSignals, stopWithError } from "./supervisor/shutdown.ts";

const list = Object.entries(scenarios).map(([name, { says }]) => `  ${name.padEnd(8)} ${says}`);

stopOnSignals();
await load(process.argv[2]).catch(stopWithError);

async function load(name = "") {
  const scenario = scenarios[name];
  if (scenario === undefined) {
    throw new CannotStart(["pnpm seed <scenario>, one of:", ...list].join("\n"));
  }
  const settings = readInstallationSettings(process.env);
  if (settings.DATABASE_URL !== undefined) {
    throw new CannotStart("Demo data loads into the embedded database alone: unset DATABASE_URL.");
  }
  assertDemoStaysLocal(settings);
  const db = await openDatabaseForCommand(settings);
  onShutdown(() => db.close());
  const { members } = await scenario.load(
    { db, keys: await openInstallationKeys(db, settings) },
    loadOrCreateApiSecret(settings.stateFolder),
  );
  console.log(`${name} is loaded. Sign in as\n${formatSignIns(members)}`);
  await stop(0);
}
