import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { openDb } from "@ringfence/db";
import { aDatabase } from "@ringfence/db/testing";
import { openKeys } from "@ringfence/services/platform/keys";
import { keysIn } from "@ringfence/services/testing/keys";
import getPort from "get-port";
import { onTestFinished, vi } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");
const builtPages = path.join(root, "apps/web/.next/standalone/apps/web/server.js");
export const hasPages = existsSync(builtPages);
if (!hasPages) console.warn("Tests of all programs are left out: run `npm run build` first.");

export const metricsToken = "a-token-of-some-length";

export function aFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-programs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Starts a program that runs until the test ends, or until it is stopped. `lines` is what it has printed. */
export function start(program: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => lines.push(line));
  const exited = once(child, "exit");
  /** Ends the program, and returns its exit code; null if the signal ended it. */
  const stop = async (signal: NodeJS.Signals = "SIGKILL"): Promise<number | null> => {
    child.kill(signal);
    const [code] = await exited;
    return typeof code === "number" ? code : null;
  };
  onTestFinished(async () => void (await stop()));
  return { lines, stop };
}

/** The database, keys and ports of an installation, and its programs as they run in production. */
export async function anInstallation(more: Record<string, string> = {}) {
  const databaseUrl = await aDatabase();
  const db = openDb(databaseUrl);
  onTestFinished(() => db.close());
  const keyFolder = aFolder();
  keysIn(keyFolder);
  const keys = await openKeys(db, keyFolder);
  const ports = { api: await getPort(), worker: await getPort(), web: await getPort() };
  const urls = {
    api: `http://127.0.0.1:${ports.api}`,
    worker: `http://127.0.0.1:${ports.worker}`,
    web: `http://127.0.0.1:${ports.web}`,
  };
  const settings = {
    DATABASE_URL: databaseUrl,
    RINGFENCE_KEY_DIR: keyFolder,
    RINGFENCE_FILES: aFolder(),
    METRICS_TOKEN: metricsToken,
    PUBLIC_URL: urls.web,
    API_URL: urls.api,
    API_PORT: String(ports.api),
    WORKER_PORT: String(ports.worker),
    AUTH_SECRET: "a secret of more than 32 characters",
    NODE_ENV: "production",
    ...more,
  };
  const app = (name: string) => [path.join(root, "apps", name, "src/main.ts")];
  const programs = {
    api: () => start(process.execPath, app("api"), settings),
    worker: () => start(process.execPath, app("worker"), settings),
    web: () =>
      start(process.execPath, [builtPages], {
        ...settings,
        HOSTNAME: "127.0.0.1",
        PORT: String(ports.web),
      }),
  };
  return { db, keys, ports, urls, programs };
}

/**
 * Waits until a program says that it is ready. If it does not, the error has what it printed; it comes before the test
 * itself runs out of time, which would say nothing.
 */
export const untilReady = (url: string, { lines }: { lines: readonly string[] }) =>
  vi.waitFor(
    async () => {
      const status = await fetch(`${url}/readyz`).then(
        (answer) => answer.status,
        () => "nothing",
      );
      if (status !== 200) throw new Error(`${url} answered ${status}: ${lines.join("\n")}`);
    },
    { timeout: 45_000, interval: 100 },
  );
