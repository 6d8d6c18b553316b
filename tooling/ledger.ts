// `pnpm ledger audit`: reads the whole ledger, finds what the database cannot prevent, and compares
// every deciding event with its statement in both directions, and each day of the audit trail with its digest. Run it
// where the keys are.
// `pnpm ledger adopt FILE`: gives a signer that lost its memory a checkpoint to continue from,
// which somebody outside has kept. Run it where the signer runs.
// `pnpm ledger copy FOLDER`: adds new opt-outs to the copy in a folder on another disk. Run it from a timer.
// `pnpm ledger compare FOLDER`: names the opt-outs of that copy that the database lacks. Run it after a restore,
// before Ringfence serves.
// `pnpm ledger rotate`: makes the next signing key. Run it where the signer runs.
import { readFileSync } from "node:fs";
import { type Message, say } from "@ringfence/core/platform/message";
import { readHostLocale } from "@ringfence/core/platform/settings";
import { type Db, openDb } from "@ringfence/db";
import { findAcrossUrl } from "@ringfence/db/service-role";
import { CannotStart, findRunningUrls } from "@ringfence/db/postgres";
import {
  auditLedger,
  compareOptOuts,
  copyOptOuts,
  openLogSigner,
  restoreSignerMemory,
  rotateLogKey,
} from "@ringfence/services/proof/ledger";
import { rethrowAsCannotStart } from "./supervisor/installation-keys.ts";
import { openKeys } from "@ringfence/services/platform/keys";
import { auditDigests } from "@ringfence/services/desk/audit-log";
import { auditRecord } from "@ringfence/services/proof/record";
import {
  type InstallationSettings,
  readInstallationSettings,
} from "./supervisor/installation-settings.ts";

type Command = (
  db: Db,
  settings: InstallationSettings,
  file: string | undefined,
) => Promise<boolean>;

const usage =
  "pnpm ledger audit, pnpm ledger adopt FILE, pnpm ledger copy FOLDER, pnpm ledger compare FOLDER, or pnpm ledger rotate";

const tell = (fault: Message) => console.error(say(readHostLocale(process.env), fault));

const commands: Record<string, Command> = {
  async audit(db, { RINGFENCE_KEY_DIR: keyFolder }) {
    const keys = await openKeys(db, keyFolder).catch(rethrowAsCannotStart);
    const { size, checkpoints, faults } = await auditLedger(db);
    for (const fault of faults) tell(fault);
    const record = await auditRecord({ db, keys }, tell);
    const trail = await auditDigests({ db, keys }, tell);
    const count = faults.length + record.faults + trail.faults;
    console.log(
      `${size} entries, ${checkpoints} checkpoints, ${record.events} events, ${trail.days} days of the audit trail, ${count} faults`,
    );
    return count === 0;
  },
  async adopt(db, { LEDGER_KEY_DIR: keyFolder, LEDGER_ORIGIN: origin }, file) {
    if (file === undefined) throw new CannotStart(usage);
    const logSigner = await openLogSigner({ db, origin, keyFolder }).catch(rethrowAsCannotStart);
    const adopted = await restoreSignerMemory(logSigner, readFileSync(file, "utf8"));
    if (adopted.fault) console.error(say(readHostLocale(process.env), adopted.fault));
    else console.log(`the signer goes on from ${adopted.size} entries`);
    return adopted.fault === undefined;
  },
  async copy(db, _, folder) {
    if (folder === undefined) throw new CannotStart(usage);
    const { added, copied, faults } = await copyOptOuts(db, folder);
    for (const fault of faults) tell(fault);
    if (faults.length === 0) console.log(`${added} opt-outs added, ${copied} in the copy`);
    return faults.length === 0;
  },
  async compare(db, _, folder) {
    if (folder === undefined) throw new CannotStart(usage);
    const { copied, lost, faults } = await compareOptOuts(db, folder);
    for (const fault of faults) tell(fault);
    console.log(`${copied} opt-outs in the copy, ${lost.length} not in the database`);
    return faults.length === 0;
  },
  async rotate(db, { LEDGER_KEY_DIR: folder, LEDGER_ORIGIN: origin }) {
    const vkeys = await rotateLogKey(db, folder, origin).catch(rethrowAsCannotStart);
    console.log(`old ${vkeys.old}\nnew ${vkeys.new}`);
    return true;
  },
};

try {
  process.exitCode = (await run(process.argv[2] ?? "")) ? 0 : 1;
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run(name: string): Promise<boolean> {
  const command = commands[name];
  if (command === undefined) throw new CannotStart(usage);
  const settings = readInstallationSettings(process.env);
  const url = settings.DATABASE_URL ?? findRunningUrls(settings.stateFolder, "ringfence")?.url;
  if (url === undefined) throw new CannotStart("The embedded PostgreSQL does not run: npm start.");
  const db = openDb(url, settings.DATABASE_ACROSS_URL ?? (await findAcrossUrl(url)));
  try {
    return await command(db, settings, process.argv[3]);
  } finally {
    await db.close();
  }
}
