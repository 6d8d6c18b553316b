import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const port = 4_710;

/** The machine door as it is started in production, in a process of its own. */
export async function withApi<T>(
  databaseUrl: string,
  keyFolder: string,
  work: (origin: string) => Promise<T>,
): Promise<T> {
  const main = path.resolve(import.meta.dirname, "../apps/api/src/main.ts");
  const api = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      RINGFENCE_KEY_DIR: keyFolder,
      API_PORT: String(port),
      API_RATE_LIMIT: "100000000",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(api, "exit");
  try {
    // It says so, in a line of its log, when it listens.
    await Promise.race([
      once(api.stdout, "data"),
      ended.then(() => Promise.reject(new Error("the API did not start"))),
    ]);
    api.stdout.resume();
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    api.kill("SIGTERM");
    await ended;
  }
}
