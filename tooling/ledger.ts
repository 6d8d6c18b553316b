// `pnpm ledger audit`: reads the whole ledger again, and finds what the database cannot refuse.
// `pnpm ledger rotate`: makes the key that signs it from now on; run it where the signer runs.
import { say } from "@ringfence/core/message";
import { hostLocale } from "@ringfence/core/settings";
import { type Db, openDb } from "@ringfence/db";
import { CannotStart, runningUrl } from "@ringfence/db/postgres";
import { auditLedger, rotateKey } from "@ringfence/services/ledger";
import { type HouseSettings, houseSettings } from "./supervisor/house-settings.ts";

type Command = (db: Db, settings: HouseSettings) => Promise<boolean>;

const commands: Record<string, Command> = {
  async audit(db) {
    const { size, checkpoints, faults } = await auditLedger(db);
    for (const fault of faults) console.error(say(hostLocale(process.env), fault));
    console.log(`${size} entries, ${checkpoints} checkpoints, ${faults.length} faults`);
    return faults.length === 0;
  },
  async rotate(db, { RINGFENCE_KEY_DIR: folder, LEDGER_ORIGIN: origin }) {
    const vkeys = await rotateKey(db, folder, origin);
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
  if (command === undefined) throw new CannotStart("pnpm ledger audit, or pnpm ledger rotate");
  const settings = houseSettings(process.env);
  const url = settings.DATABASE_URL ?? runningUrl(settings.stateFolder, "ringfence");
  if (url === null) throw new CannotStart("The embedded PostgreSQL does not run: npm start.");
  const db = openDb(url);
  try {
    return await command(db, settings);
  } finally {
    await db.close();
  }
}
