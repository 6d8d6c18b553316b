import path from "node:path";
import { mkdirSync } from "node:fs";
import { CannotStart, loadOrCreateSecret } from "@ringfence/db/postgres";
import { openPackageManager } from "../package-manager.js";
import { GIB, folderFaults, portFaults } from "../preflight.js";
import {
  assertProxyIsNamed,
  listPorts,
  readInstallationSettings,
  root,
  type InstallationSettings,
} from "./installation-settings.ts";
import { migrate } from "@ringfence/db/migrate";
import { waitForAnswer } from "./wait-for-answer.ts";
import { lockStateFolder } from "./state-folder-lock.ts";
import { emptyStateFolder, openDatabase, type Database } from "./database.ts";
import { assertDemoStaysLocal } from "./demo-stays-local.ts";
import { formatReadyMessage, removeDemoFile, writeDemoFile } from "./ready-message.ts";
import { savePublicUrl } from "./public-url.ts";
import { assertKeysUsable, assertOptOutsComplete } from "./installation-keys.ts";
import { openDemo } from "./open-demo.ts";
import { keepRunning, keepServiceRunning, markStarted } from "./keep-running.ts";
import { log, onShutdown, stopOnSignals, stopWithError } from "./shutdown.ts";
import { runCommand } from "./processes.ts";
import type { Mode } from "./services.ts";

const neededBytes = 0.5 * GIB;

/**
 * Checks folders and ports before the start takes time. The program's own folder is written only by a start that
 * builds; otherwise it may belong to somebody else, or be read-only. @throws CannotStart with every fault
 */
async function assertMachineReady(settings: InstallationSettings, isBuilding: boolean) {
  const { HOST, RINGFENCE_KEY_DIR, LEDGER_KEY_DIR, RINGFENCE_FILES } = settings;
  const folders = [settings.stateFolder, RINGFENCE_KEY_DIR, LEDGER_KEY_DIR, RINGFENCE_FILES];
  const faults = [
    ...(isBuilding ? folderFaults(root, neededBytes) : []),
    ...folders.filter((folder) => path.isAbsolute(folder)).flatMap(prepareFolder),
    ...(await portFaults(HOST, listPorts(settings))),
  ];
  if (faults.length > 0) throw new CannotStart(faults.join("\n"));
}

/**
 * Creates a folder that only its owner may read, because it will hold keys and files about people.
 * Returns its faults.
 */
function prepareFolder(folder: string): string[] {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folderFaults(folder, neededBytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`${folder} cannot be made (${reason}): make it yours, or set another.`];
  }
}

/**
 * Runs an installation: PostgreSQL, API, worker and web. A part that ends by itself is restarted. At
 * the end, whatever the cause, the parts stop in reverse order. A throw-away installation begins
 * empty, is not durable, and leaves nothing behind.
 */
export async function supervise(mode: Mode, { isThrowAway = false, hasYear = true } = {}) {
  stopOnSignals();
  await start(mode, { isThrowAway, hasYear }).catch(stopWithError);
}

type StartOptions = { isThrowAway: boolean; hasYear: boolean };

async function start(mode: Mode, { isThrowAway, hasYear }: StartOptions) {
  const settings = readInstallationSettings(process.env);
  if (settings.DATABASE_URL === undefined) assertDemoStaysLocal(settings);
  assertProxyIsNamed(settings, process.env);
  await assertMachineReady(settings, mode.tasks.length > 0);
  await prepareStateFolder(settings, isThrowAway);
  const database = await openAndKeepDatabase(settings, !isThrowAway);
  const [urls] = await Promise.all([migrate(database), runTasks(mode.tasks)]);
  await assertKeysUsable(urls, settings);
  await assertOptOutsComplete(urls, settings);
  // Without the demo's year, tests find their own records faster.
  const ownerUrl = hasYear ? database.ownerUrl : null;
  const demo = database.isEmbedded ? await openDemo({ url: urls.url, ownerUrl }, settings) : null;
  if (demo !== null) onShutdown(demo.close);
  const authSecret =
    settings.AUTH_SECRET ?? loadOrCreateSecret(path.join(settings.stateFolder, "auth-secret"));
  const registryHosts = demo === null ? [] : [demo.registryHost];
  const secrets = { urls, authSecret, registryHosts };
  const services = mode.services(settings, secrets);
  for (const service of services) keepServiceRunning(service);
  await Promise.all(services.map(async ({ url }) => url && (await waitForAnswer(url))));
  markStarted();
  const ready = demo === null ? null : await demo.syncAndChoosePhones();
  savePublicUrl(settings);
  if (ready !== null) writeDemoFile(settings, ready);
  log(formatReadyMessage(settings, ready));
}

async function prepareStateFolder(settings: InstallationSettings, isThrowAway: boolean) {
  onShutdown(lockStateFolder(settings.stateFolder));
  removeDemoFile(settings);
  if (!isThrowAway) return;
  await emptyStateFolder(settings.stateFolder);
  onShutdown(() => emptyStateFolder(settings.stateFolder));
}

/** Opens the database before the tasks, which take long, so that its faults are reported at once. */
async function openAndKeepDatabase(
  settings: InstallationSettings,
  isDurable: boolean,
): Promise<Database> {
  const opening = openDatabase(settings, isDurable);
  // A signal may come during the start.
  onShutdown(async () => (await opening.catch(() => null))?.stop());
  const database = await opening;
  if (database.part !== undefined) void keepRunning({ name: "PostgreSQL", ...database.part });
  log(database.isEmbedded ? "PostgreSQL runs" : "the database answers");
  return database;
}

/** Turbo looks for pnpm on the PATH. */
async function runTasks(tasks: readonly string[]) {
  if (tasks.length === 0) return;
  log(`${tasks.join(" and ")}: this takes a few minutes the first time`);
  const pnpm = openPackageManager(root);
  const turbo = [pnpm.script, "exec", "turbo", "run", "--output-logs=errors-only"];
  await runCommand(process.execPath, [...turbo, ...tasks], {
    PATH: `${pnpm.bin}:${process.env.PATH}`,
    NEXT_TELEMETRY_DISABLED: "1",
    TURBO_TELEMETRY_DISABLED: "1",
  });
  log(`${tasks.join(" and ")}: done`);
}
