import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

export const migrationsFolder = path.resolve(import.meta.dirname, "../prisma/migrations");
const engine = path.resolve(import.meta.dirname, "../tooling/schema-engine.mjs");
const LOCK_FILE = "migration_lock.toml";

/** The engine's answer (JSON-RPC 2.0): it has an error if a migration failed. */
const Answer = z.object({
  error: z.object({ data: z.object({ message: z.string() }) }).optional(),
});

/**
 * Applies the migrations that a database lacks, by the engine and the request of `prisma migrate deploy`: its command
 * line would bring Prisma's tools for development into every installation. Two that run at once wait for each other.
 * Throws what the engine says if a migration fails.
 */
export async function applyMigrations(url: string, folder: string): Promise<void> {
  const text = await askEngine(url, {
    jsonrpc: "2.0",
    id: 1,
    method: "applyMigrations",
    params: {
      migrationsList: readMigrations(folder),
      filters: { externalTables: [], externalEnums: [] },
    },
  });
  const { error } = Answer.parse(JSON.parse(text));
  if (error !== undefined) throw new Error(error.data.message);
}

function readMigrations(folder: string) {
  const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted((one, other) => one.localeCompare(other));
  return {
    baseDir: folder,
    lockfile: { path: LOCK_FILE, content: read(LOCK_FILE) },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: read(`${name}/migration.sql`) },
      },
    })),
  };
}

/** Runs the engine for one request, which it reads as a line, and returns the line that it answers. */
function askEngine(url: string, request: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = [engine, "--datasource", JSON.stringify({ url })];
    const child = execFile(process.execPath, args, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      // The message of the error itself has the arguments, and with them a password.
      else
        reject(new Error(stderr.trim() || "The migration engine ended without an error message."));
    });
    child.stdin?.end(`${JSON.stringify(request)}\n`);
  });
}
