import { existsSync } from "node:fs";
import path from "node:path";
import { say } from "@ringfence/core/platform/message";
import { readHostLocale } from "@ringfence/core/platform/settings";
import { openDb } from "@ringfence/db";
import { checkServer, runningUrl } from "@ringfence/db/postgres";
import { findKeyFaults, KEY_NAMES, keyFileName } from "@ringfence/services/platform/keys";
import { findKeyFileFault } from "@ringfence/services/proof/ledger";
import type { HouseSettings } from "../supervisor/house-settings.ts";
import { type Finding, findings, note, wrong } from "./finding.ts";

/** Checks that the keys are the ones used with the database: a start with other keys is refused. */
export async function checkKeys(settings: HouseSettings): Promise<Finding[]> {
  const url = settings.DATABASE_URL ?? runningUrl(settings.stateFolder, "ringfence");
  if (url === null) return checkWithoutDatabase(settings);
  try {
    await checkServer(url);
  } catch {
    return []; // checkDatabase reports this already
  }
  const db = openDb(url);
  try {
    const { rows } = await db.pool.query<{ isThere: boolean }>(
      `SELECT to_regclass('installation_key') IS NOT NULL AS "isThere"`,
    );
    if (!rows[0]?.isThere) {
      return [
        note("keys", "compared once the database is of this version: npm start brings it there."),
      ];
    }
    const { RINGFENCE_KEY_DIR: keyFolder, LEDGER_ORIGIN: origin, LEDGER_TOKENS } = settings;
    const faults = await findKeyFaults(db, keyFolder);
    const signing = LEDGER_TOKENS ? null : await findKeyFileFault({ db, origin, keyFolder });
    const sentences = [...faults, ...(signing ? [signing] : [])].map((fault) =>
      say(readHostLocale(process.env), fault),
    );
    return findings("keys", sentences, "the ones that the database was used with");
  } finally {
    await db.close();
  }
}

/** Checks what the folder alone reveals: data of an embedded database with missing keys. */
function checkWithoutDatabase({ stateFolder, RINGFENCE_KEY_DIR: keys }: HouseSettings): Finding[] {
  if (!existsSync(path.join(stateFolder, "pg"))) return [];
  const lacking = KEY_NAMES.map((name) => path.join(keys, keyFileName(name, 1))).filter(
    (file) => !existsSync(file),
  );
  if (lacking.length === 0) {
    return [note("keys", "compared with the database while that runs, and at each start.")];
  }
  const values = lacking.map((file) => ({ key: "keys.missing", values: { file } }) as const);
  return values.map((fault) => wrong("keys", say(readHostLocale(process.env), fault)));
}
