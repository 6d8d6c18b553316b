import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import getPort from "get-port";
import type { Demo } from "../demo/demo.ts";

const start = path.resolve(import.meta.dirname, "../start.ts");

export type RunningDemo = Demo & { api: string };

/** Runs the demo as `npm start` does, on data of its own, while the work runs; then deletes it. */
export async function withDemo<T>(folder: string, work: (demo: RunningDemo) => Promise<T>) {
  const state = path.join(folder, "state");
  const [web, api] = [await getPort(), await getPort()];
  const child = spawn(process.execPath, [start, "--throw-away"], {
    env: {
      ...process.env,
      DATABASE_URL: "",
      PUBLIC_URL: "",
      API_URL: "",
      LEDGER_ORIGIN: "",
      WEB_PORT: String(web),
      API_PORT: String(api),
      RINGFENCE_STATE: state,
      RINGFENCE_KEY_DIR: "",
      RINGFENCE_FILES: "",
      RINGFENCE_REGISTRIES: path.join(folder, "registries"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  try {
    await Promise.race([
      waitUntilReady(child),
      ended.then(() => Promise.reject(new Error("the demo did not start"))),
    ]);
    const demo: RunningDemo = JSON.parse(readFileSync(path.join(state, "demo.json"), "utf8"));
    return await work(demo);
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

async function waitUntilReady({ stdout }: ChildProcess) {
  if (stdout === null) throw new Error("the demo says nothing");
  await new Promise<void>((resolve) => {
    stdout.on("data", (said: Buffer) => {
      if (said.includes("Ringfence is ready")) resolve();
    });
  });
}
