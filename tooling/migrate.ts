// `pnpm migrate`: brings the database of DATABASE_URL to this version, and makes the keys of a new installation or
// checks those of an older one. `npm run serve` does the same; a program that is started by itself does not.
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { CannotStart } from "@ringfence/db/postgres";
import { openInstallationKeys } from "./supervisor/installation-keys.ts";
import { readInstallationSettings } from "./supervisor/installation-settings.ts";
import { stopWithError } from "./supervisor/shutdown.ts";

try {
  const settings = readInstallationSettings(process.env);
  const { DATABASE_URL, DATABASE_OWNER_URL, DATABASE_ACROSS_URL } = settings;
  if (DATABASE_URL === undefined) {
    throw new CannotStart("DATABASE_URL is not set: there is no database to migrate.");
  }
  const ownerUrl = DATABASE_OWNER_URL ?? DATABASE_URL;
  const urls = await migrate({ url: DATABASE_URL, ownerUrl, acrossUrl: DATABASE_ACROSS_URL });
  const db = openDb(urls.url, urls.acrossUrl);
  try {
    await openInstallationKeys(db, settings);
  } finally {
    await db.close();
  }
  console.log("The database has this version, and the keys are usable.");
} catch (error) {
  await stopWithError(error);
}
