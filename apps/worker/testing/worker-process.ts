import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { onTestFinished } from "vitest";
import { aFolder } from "./folder.ts";

const main = path.resolve(import.meta.dirname, "../src/main.ts");

type Settings = {
  databaseUrl: string;
  privateHosts?: string;
  filesFolder?: string;
  /** Of the one that signs the ledger: its name. */
  origin?: string;
  /** Settings beside these. */
  more?: Record<string, string>;
};

/** A worker as it runs in production, until the test ends. */
export async function aWorkerProcess({
  databaseUrl,
  privateHosts,
  filesFolder,
  origin,
  more,
}: Settings) {
  const flags = origin === undefined ? [] : ["--signer"];
  const child = spawn(process.execPath, [main, ...flags], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: "http://localhost:3000",
      RINGFENCE_KEY_DIR: await aFolder(),
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
  return {
    signal: (name: NodeJS.Signals) => child.kill(name),
    /** Its exit code, when it has one. */
    exited: exited.then(([code]): unknown => code),
  };
}
