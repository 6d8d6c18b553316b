import { migrate } from "@ringfence/db/migrate";
import { runningUrl } from "@ringfence/db/postgres";
import { claim } from "./claim.ts";
import { openDatabase } from "./database.ts";
import type { HouseSettings } from "./house-settings.ts";
import { atEnd } from "./owned.ts";

/**
 * Opens the configured database, migrated to this version; starts the embedded one for as long as
 * we run if it is down.
 */
export async function houseDatabase(settings: HouseSettings): Promise<string> {
  const running = runningUrl(settings.stateFolder, "ringfence");
  if (settings.DATABASE_URL === undefined && running !== null) return running;

  if (settings.DATABASE_URL === undefined) atEnd(claim(settings.stateFolder));
  const { url, stop } = await openDatabase(settings, true);
  atEnd(stop);
  await migrate(url);
  return url;
}
