// `pnpm keys`: lists the keys of this installation with their generations.
// `pnpm keys rotate NAME`: makes the next generation of a key, in use from then on. Run it where
// the keys lie; for the ledger's key, where the signer runs.
import type { Db } from "@ringfence/db";
import { CannotStart } from "@ringfence/db/postgres";
import { KEY_NAMES, type KeyName, keyFileName } from "@ringfence/services/platform/keys";
import { listKeys, rotateKey } from "@ringfence/services/desk/key-rotation";
import { listLogKeys, rotateLogKey } from "@ringfence/services/proof/ledger";
import { openDatabaseForCommand } from "./supervisor/database.ts";
import { openInstallationKeys, rethrowAsCannotStart } from "./supervisor/installation-keys.ts";
import {
  type InstallationSettings,
  readInstallationSettings,
} from "./supervisor/installation-settings.ts";
import { onShutdown, stop, stopOnSignals, stopWithError } from "./supervisor/shutdown.ts";

const usage = `pnpm keys, or pnpm keys rotate ${[...KEY_NAMES, "ledger"].join("|")}`;

stopOnSignals();
await run(process.argv.slice(2)).catch(stopWithError);

async function run([command, name = "", ...more]: string[]) {
  const isKnown = name === "ledger" || isKeyName(name);
  const isList = command === undefined;
  if (more.length > 0 || !(isList || (command === "rotate" && isKnown))) {
    throw new CannotStart(usage);
  }
  const settings = readInstallationSettings(process.env);
  const db = await openDatabaseForCommand(settings);
  onShutdown(() => db.close());
  if (isList) await list(db);
  else if (isKeyName(name)) await rotate(db, settings, name);
  else await rotateLedgerKey(db, settings);
  await stop(0);
}

async function list(db: Db) {
  const keys = await listKeys(db);
  for (const { name, generation, checkValue, createdAt } of keys) {
    const isLatest = !keys.some((key) => key.name === name && key.generation > generation);
    const state = isLatest ? "in use" : "opens what it sealed";
    const file = keyFileName(name, generation);
    console.log(`${file.padEnd(18)} ${createdAt.toISOString()}  ${checkValue}  ${state}`);
  }
  for (const { vkey, at } of await listLogKeys(db)) {
    console.log(`${"ledger".padEnd(18)} ${at.toISOString()}  ${vkey}`);
  }
}

async function rotate(db: Db, settings: InstallationSettings, name: KeyName) {
  await openInstallationKeys(db, settings);
  const { RINGFENCE_KEY_DIR: folder } = settings;
  const { file, checkValue } = await rotateKey(db, folder, name).catch(rethrowAsCannotStart);
  console.log(`${file} is in use (${checkValue}). Processes on this host take it up within seconds.
Copy it to every other host now, and back the folder up: the older files are needed too.`);
}

async function rotateLedgerKey(
  db: Db,
  { LEDGER_KEY_DIR: folder, LEDGER_ORIGIN: origin }: InstallationSettings,
) {
  const vkeys = await rotateLogKey(db, folder, origin).catch(rethrowAsCannotStart);
  console.log(`old ${vkeys.old}\nnew ${vkeys.new}
Back the folder up, and publish the new key where you published the first.`);
}

function isKeyName(name: string): name is KeyName {
  return KEY_NAMES.some((keyName) => keyName === name);
}
