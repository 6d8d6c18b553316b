// One process that owns all others: PostgreSQL, api, worker, web. It stops them in the reverse order.
import { cp, mkdir, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { migrate } from "@ringfence/db/migrate";
import { startPostgres } from "@ringfence/db/postgres";
import { run, serve, stopAll } from "./processes.ts";

const root = path.resolve(import.meta.dirname, "..");
const state = path.join(root, process.env.RINGFENCE_STATE ?? ".ringfence");
const webPort = process.env.WEB_PORT ?? "3000";
const apiPort = process.env.API_PORT ?? "4000";

let postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;
let stopping = false;

const say = (text: string) => console.log(`[${(performance.now() / 1000).toFixed(1)} s] ${text}`);

async function stop(code: number) {
  if (stopping) return;
  stopping = true;
  say("stopping");
  await stopAll();
  await postgres?.stop();
  say("stopped");
  process.exit(code);
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const) {
  process.on(signal, () => void stop(code));
}
// npm may be killed without passing a signal on; then we are adopted by another process.
const parent = process.ppid;
setInterval(() => void (process.ppid === parent || stop(143)), 500).unref();

async function answered(url: string) {
  for (let i = 0; i < 300; i++) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer in 30 s`);
}

function launch(name: string, file: string, env: Record<string, string>) {
  void serve(name, path.join(root, file), env).then((code) => {
    if (!stopping) say(`${name} exited with ${code}`);
    return stop(1);
  });
}

async function up() {
  say(`supervisor ${process.pid} on ${process.version}`);
  const turbo = ["--yes", "pnpm@10.34.9", "exec", "turbo", "run", "generate", "build"];
  await run("npx", turbo, { NEXT_TELEMETRY_DISABLED: "1", TURBO_TELEMETRY_DISABLED: "1" });
  say("built");

  postgres = await startPostgres({ dataDir: path.join(state, "pg") });
  const databaseUrl = postgres.url("ringfence");
  say(`PostgreSQL on port ${postgres.port}`);
  await migrate(databaseUrl);
  say("migrated");

  const standalone = "apps/web/.next/standalone/apps/web";
  const assets = path.join(root, standalone, ".next/static");
  await cp(path.join(root, "apps/web/.next/static"), assets, { recursive: true });

  const shared = { DATABASE_URL: databaseUrl, NODE_ENV: "production" };
  launch("api", "apps/api/src/main.ts", { ...shared, API_PORT: apiPort });
  launch("worker", "apps/worker/src/main.ts", shared);
  launch("web", `${standalone}/server.js`, {
    ...shared,
    AUTH_SECRET: randomBytes(32).toString("hex"),
    NEXTAUTH_URL: `http://localhost:${webPort}`,
    PORT: webPort,
    HOSTNAME: "127.0.0.1",
  });
  await answered(`http://127.0.0.1:${apiPort}/readyz`);
  await answered(`http://127.0.0.1:${webPort}/sign-in`);

  const addresses = { web: `http://localhost:${webPort}`, api: `http://localhost:${apiPort}` };
  await mkdir(state, { recursive: true });
  await writeFile(path.join(state, "demo.json"), JSON.stringify(addresses));
  say(`ready: ${addresses.web} ${addresses.api}`);
}

await up().catch((error: unknown) => {
  if (!stopping) console.error(error);
  return stop(1);
});
