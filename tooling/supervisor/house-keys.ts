import { readHostLocale } from "@ringfence/core/platform/settings";
import type { Db } from "@ringfence/db";
import { CannotStart } from "@ringfence/db/postgres";
import type { Keys } from "@ringfence/services/platform/keys";
import type { HouseSettings } from "./house-settings.ts";

/** Opens the keys of the installation, or explains for each file why they cannot be used. */
export async function openHouseKeys(
  db: Db,
  { RINGFENCE_KEY_DIR: folder }: HouseSettings,
): Promise<Keys> {
  const { openKeys } = await import("@ringfence/services/platform/keys");
  return openKeys(db, folder).catch(rethrowAsCannotStart);
}

/** Checks all keys, including those that sign the ledger, before anything starts. */
export async function checkHouseKeys(databaseUrl: string, settings: HouseSettings) {
  // Import late: on a fresh clone the database client is generated first.
  const { openDb } = await import("@ringfence/db");
  const { openLogSigner } = await import("@ringfence/services/proof/ledger");
  const db = openDb(databaseUrl);
  try {
    await openHouseKeys(db, settings);
    const { LEDGER_ORIGIN: origin, RINGFENCE_KEY_DIR: keyFolder, LEDGER_TOKENS } = settings;
    if (LEDGER_TOKENS !== undefined) return; // the worker opens tokens
    await openLogSigner({ db, origin, keyFolder }).catch(rethrowAsCannotStart);
  } finally {
    await db.close();
  }
}

/** Turns a refusal into an error that is printed without a stack. */
export async function rethrowAsCannotStart(error: unknown): Promise<never> {
  const { KeysRefused } = await import("@ringfence/services/platform/keys");
  if (!(error instanceof KeysRefused)) throw error;
  throw new CannotStart(error.in(readHostLocale(process.env)), { cause: error });
}
