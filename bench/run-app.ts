import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";

type Environment = {
  databaseUrl: string;
  folder: string;
  flags?: readonly string[];
  more?: Record<string, string>;
  /** Folder of the checkout whose code runs; ours if missing. */
  checkout?: string | undefined;
};

/** Runs an app as in production, in another process, while the work runs. */
export async function runApp<T>(
  app: "api" | "worker" | "web",
  { databaseUrl, folder, flags = [], more, checkout }: Environment,
  work: (app: ChildProcess, ended: Promise<unknown>) => Promise<T>,
): Promise<T> {
  const child = spawn(process.execPath, [findMain(app, checkout), ...flags], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: "http://127.0.0.1:3000",
      RINGFENCE_KEY_DIR: path.join(folder, "keys"),
      RINGFENCE_FILES: path.join(folder, "files"),
      ...more,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  try {
    return await work(child, ended);
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

/** API and worker run from their source, the pages by their built server. */
function findMain(
  app: "api" | "worker" | "web",
  checkout = path.resolve(import.meta.dirname, ".."),
) {
  const main = app === "web" ? ".next/standalone/apps/web/server.js" : "src/main.ts";
  const file = path.join(checkout, "apps", app, main);
  if (!existsSync(file)) throw new Error("The pages are not built: run `npm run build` first.");
  return file;
}
