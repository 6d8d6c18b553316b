import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

export type Synced = { ingestMs: number; wholeMs: number; memoryBytes: number };

type Syncing = {
  databaseUrl: string;
  file: string;
  keys: string;
  organizationId: string;
  registryId: string;
};

const program = path.join(import.meta.dirname, "sync-once.ts");
const run = promisify(execFile);

/** Runs one sync in another process, pinned to `core` if given. */
export async function runSync(
  { databaseUrl, file, keys, organizationId, registryId }: Syncing,
  core?: number,
): Promise<Synced> {
  const args = [program, databaseUrl, file, keys, organizationId, registryId];
  const { stdout } =
    core === undefined
      ? await run(process.execPath, args)
      : await run("taskset", ["-c", String(core), process.execPath, ...args]);
  const [ingestMs = 0, wholeMs = 0, memoryBytes = 0] = stdout.trim().split(" ").map(Number);
  return { ingestMs, wholeMs, memoryBytes };
}
