import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { checkServer, removeData, startPostgres } from "@ringfence/db/postgres";
import { claimFile } from "./claim.ts";
import type { HouseSettings } from "./house-settings.ts";

export type Database = {
  url: string;
  /** True for the embedded server, which we start, stop and may fill with demo data. */
  isOurs: boolean;
  /** Keeps the embedded server running (`keepRunning`). The operator starts any other server. */
  keep?: { run: () => Promise<string>; works: () => Promise<unknown> };
  stop: () => Promise<void>;
};

/**
 * Opens the server of DATABASE_URL, or else the embedded one, not durable for a throw-away start.
 */
export async function openDatabase(
  { DATABASE_URL, stateFolder }: HouseSettings,
  isDurable: boolean,
): Promise<Database> {
  if (DATABASE_URL !== undefined) {
    await checkServer(DATABASE_URL);
    return { url: DATABASE_URL, isOurs: false, stop: () => Promise.resolve() };
  }
  return embed(stateFolder, isDurable);
}

async function embed(stateFolder: string, isDurable: boolean): Promise<Database> {
  const first = await startPostgres({ stateFolder, isDurable });
  // A restart uses the same port, where clients look for the server.
  const { port } = first;
  let server = Promise.resolve(first);
  let isFirst = true;
  return {
    url: first.url("ringfence"),
    isOurs: true,
    keep: {
      async run() {
        if (!isFirst) server = startPostgres({ stateFolder, isDurable, port });
        isFirst = false;
        const { exited } = await server;
        return `PostgreSQL ended. It said:\n${await exited}`;
      },
      works: () => server,
    },
    stop: () =>
      server.then(
        ({ stop }) => stop(),
        () => {},
      ),
  };
}

/** Deletes everything in a state folder, except the claim on it. */
export async function discard(stateFolder: string) {
  await removeData(stateFolder);
  for (const name of existsSync(stateFolder) ? readdirSync(stateFolder) : []) {
    if (name !== claimFile) rmSync(path.join(stateFolder, name), { recursive: true });
  }
}
