import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const cli = path.join(
  path.dirname(createRequire(import.meta.url).resolve("prisma/package.json")),
  "build/index.js",
);

/** Runs a command of Prisma on a database, with this package's files. Rejects if it fails. */
export const runPrisma = (url: string, args: readonly string[]) =>
  promisify(execFile)(process.execPath, [cli, ...args], {
    cwd: path.resolve(import.meta.dirname, ".."),
    env: { ...process.env, DATABASE_URL: url },
  });
