import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { checkServer, removeData, startPostgres } from "@ringfence/db/postgres";
import { claimFile } from "./claim.ts";
import type { HouseSettings } from "./house-settings.ts";

export type Database = {
  url: string;
  /** Embedded: ours to start, to stop and to fill with demo data. */
  isOurs: boolean;
  /** Settles when an embedded server ends, with the last of its log; never for another. */
  exited: Promise<string>;
  stop: () => Promise<void>;
};

/** The server that DATABASE_URL names, or else the embedded one, not durable for a start that is thrown away. */
export async function openDatabase(
  { DATABASE_URL, stateFolder }: HouseSettings,
  isDurable: boolean,
): Promise<Database> {
  if (DATABASE_URL !== undefined) {
    await checkServer(DATABASE_URL);
    return {
      url: DATABASE_URL,
      isOurs: false,
      exited: new Promise(() => {}),
      stop: () => Promise.resolve(),
    };
  }
  const postgres = await startPostgres({ stateFolder, isDurable });
  return { ...postgres, url: postgres.url("ringfence"), isOurs: true };
}

/** Everything that a state folder keeps, but whose it is. */
export async function discard(stateFolder: string) {
  await removeData(stateFolder);
  for (const name of existsSync(stateFolder) ? readdirSync(stateFolder) : []) {
    if (name !== claimFile) rmSync(path.join(stateFolder, name), { recursive: true });
  }
}
