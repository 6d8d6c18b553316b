import { readHostLocale } from "@ringfence/core/platform/settings";
import type { Db } from "@ringfence/db";
import { CannotStart, type ServiceUrls } from "@ringfence/db/postgres";
import type { Keys } from "@ringfence/services/platform/keys";
import type { InstallationSettings } from "./installation-settings.ts";

/** Opens the keys of the installation. @throws CannotStart with a sentence for each unusable file */
export async function openInstallationKeys(
  db: Db,
  { RINGFENCE_KEY_DIR: folder }: InstallationSettings,
): Promise<Keys> {
  const { openKeys } = await import("@ringfence/services/platform/keys");
  return openKeys(db, folder).catch(rethrowAsCannotStart);
}

/** Checks all keys, including those that sign the ledger. @throws CannotStart as `openInstallationKeys` */
export async function assertKeysUsable(urls: ServiceUrls, settings: InstallationSettings) {
  // Import late: on a fresh clone the database client is generated first.
  const { openDb } = await import("@ringfence/db");
  const { openLogSigner } = await import("@ringfence/services/proof/ledger");
  const db = openDb(urls.url, urls.acrossUrl);
  try {
    await openInstallationKeys(db, settings);
    const { LEDGER_ORIGIN: origin, LEDGER_KEY_DIR: keyFolder, LEDGER_TOKENS } = settings;
    if (LEDGER_TOKENS !== undefined) return; // only the worker can open tokens
    await openLogSigner({ db, origin, keyFolder }).catch(rethrowAsCannotStart);
  } finally {
    await db.close();
  }
}

/**
 * Compares the database with the copy of its opt-outs, and records the result for the programs that are started.
 * @throws CannotStart if opt-outs are lost, or if nobody can tell
 */
export async function assertOptOutsComplete(
  urls: ServiceUrls,
  { RINGFENCE_OPT_OUT_COPY: folder }: InstallationSettings,
) {
  const { openDb } = await import("@ringfence/db");
  const { assertNoLostOptOuts, checkCopy } = await import("@ringfence/services/proof/ledger");
  const db = openDb(urls.url, urls.acrossUrl);
  try {
    await checkCopy(db, folder);
    await assertNoLostOptOuts(db).catch(rethrowAsCannotStart);
  } finally {
    await db.close();
  }
}

/** Turns a refused start into an error that is printed without a stack. */
export async function rethrowAsCannotStart(error: unknown): Promise<never> {
  const { StartRefused } = await import("@ringfence/services/platform/keys");
  if (!(error instanceof StartRefused)) throw error;
  throw new CannotStart(error.in(readHostLocale(process.env)), { cause: error });
}
