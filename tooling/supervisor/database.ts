import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import {
  type DatabaseUrls,
  checkServer,
  removeData,
  findRunningUrls,
  startPostgres,
} from "@ringfence/db/postgres";
import type { Db } from "@ringfence/db";
import { lockFile, lockStateFolder } from "./state-folder-lock.ts";
import type { InstallationSettings } from "./installation-settings.ts";
import { migrate } from "@ringfence/db/migrate";
import { onShutdown } from "./shutdown.ts";

export type Database = DatabaseUrls & {
  /** True for the embedded server, which we start, stop and may fill with demo data. */
  isEmbedded: boolean;
  /** The embedded server, for `keepRunning`. Missing for a server that the operator runs. */
  part?: { run: () => Promise<string>; waitUntilReady: () => Promise<unknown> };
  stop: () => Promise<void>;
};

/**
 * Opens the server of DATABASE_URL, or else the embedded one, not durable for a throw-away start.
 */
export async function openDatabase(
  { DATABASE_URL, DATABASE_OWNER_URL, DATABASE_ACROSS_URL, stateFolder }: InstallationSettings,
  isDurable: boolean,
): Promise<Database> {
  if (DATABASE_URL !== undefined) {
    const ownerUrl = DATABASE_OWNER_URL ?? DATABASE_URL;
    const setting = DATABASE_OWNER_URL === undefined ? "DATABASE_URL" : "DATABASE_OWNER_URL";
    await checkServer(ownerUrl, { setting });
    const urls = { url: DATABASE_URL, ownerUrl, acrossUrl: DATABASE_ACROSS_URL };
    return { ...urls, isEmbedded: false, stop: () => Promise.resolve() };
  }
  return openEmbeddedDatabase(stateFolder, isDurable);
}

async function openEmbeddedDatabase(stateFolder: string, isDurable: boolean): Promise<Database> {
  const first = await startPostgres({ stateFolder, isDurable });
  // A restart uses the same port, where clients look for the server.
  const { port } = first;
  let server = Promise.resolve(first);
  let isFirst = true;
  return {
    ...first.urls("ringfence"),
    isEmbedded: true,
    part: {
      async run() {
        if (!isFirst) server = startPostgres({ stateFolder, isDurable, port });
        isFirst = false;
        const { exited } = await server;
        return `PostgreSQL ended. It said:\n${await exited}`;
      },
      waitUntilReady: () => server,
    },
    stop: () =>
      server.then(
        ({ stop }) => stop(),
        () => {},
      ),
  };
}

/** Deletes everything in a state folder, except its lock file. */
export async function emptyStateFolder(stateFolder: string) {
  await removeData(stateFolder);
  for (const name of existsSync(stateFolder) ? readdirSync(stateFolder) : []) {
    if (name !== lockFile) rmSync(path.join(stateFolder, name), { recursive: true });
  }
}

/**
 * Opens the configured database for a command, migrated to this version. If the embedded one is
 * down, it runs as long as the command.
 */
export async function openDatabaseForCommand(settings: InstallationSettings): Promise<Db> {
  // Import late: on a fresh clone the database client is generated first.
  const { openDb } = await import("@ringfence/db");
  const running = findRunningUrls(settings.stateFolder, "ringfence");
  if (settings.DATABASE_URL === undefined && running !== null) return openDb(running.url);

  if (settings.DATABASE_URL === undefined) onShutdown(lockStateFolder(settings.stateFolder));
  const database = await openDatabase(settings, true);
  onShutdown(database.stop);
  const { url, acrossUrl } = await migrate(database);
  return openDb(url, acrossUrl);
}
