import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { openDb } from "@ringfence/db";
import { aFolder as keyFolder } from "@ringfence/db/testing";
import { openKeys } from "@ringfence/services/platform/keys";
import { keysIn } from "@ringfence/services/testing/keys";
import { onTestFinished } from "vitest";
import { aFolder } from "./folder.ts";

const main = path.resolve(import.meta.dirname, "../src/main.ts");

type Settings = {
  databaseUrl: string;
  privateHosts?: string;
  filesFolder?: string;
  /** Name of the log, for the worker that signs the ledger. */
  origin?: string;
  /** More settings. */
  more?: Record<string, string>;
};

/** Key folders by database, because one database has one set of keys, whichever worker opens it. */
const keyFolders = new Map<string, string>();

/** Returns the key folder for a database, which is on record before its first worker starts. */
async function openKeyFolder(databaseUrl: string, given: string | undefined): Promise<string> {
  const folder = given ?? keyFolders.get(databaseUrl) ?? keyFolder();
  keyFolders.set(databaseUrl, folder);
  keysIn(folder);
  const db = openDb(databaseUrl);
  await openKeys(db, folder);
  await db.close();
  return folder;
}

/** A worker as it runs in production, until the test ends. */
export async function aWorkerProcess({
  databaseUrl,
  privateHosts,
  filesFolder,
  origin,
  more,
}: Settings) {
  const flags = origin === undefined ? [] : ["--signer"];
  const folder = await openKeyFolder(databaseUrl, more?.["RINGFENCE_KEY_DIR"]);
  const child = spawn(process.execPath, [main, ...flags], {
    detached: true,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: "http://localhost:3000",
      RINGFENCE_KEY_DIR: folder,
      RINGFENCE_FILES: filesFolder ?? (await aFolder()),
      RINGFENCE_PRIVATE_HOSTS: privateHosts,
      LEDGER_ORIGIN: origin,
      ...more,
    },
  });
  const exited = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  const { pid = 0 } = child;
  return {
    signal: (name: NodeJS.Signals) => child.kill(name),
    /** Sends a signal to all of its processes, as a machine does that is asleep for a while. */
    signalAll: (name: NodeJS.Signals) => process.kill(-pid, name),
    /** The process of its long jobs, once it has one. */
    findLongJobs: () =>
      Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim()) || null,
    /** Its exit code, once it has one. */
    exited: exited.then(([code]): unknown => code),
  };
}
