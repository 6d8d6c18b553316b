// Starts the demos of the end-to-end tests side by side, and says when all are ready. Stops all when it is
// told to, and when one of them ends by itself.
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import {
  type Demo,
  findProviderPort,
  firstDemo,
  identityProviderOrganization,
  registryServicesOrganization,
  secondDemo,
} from "./demos.ts";

const root = path.resolve(import.meta.dirname, "../../../..");

const environment = ({ port, state }: Demo) => ({
  ...process.env,
  DATABASE_URL: "",
  PUBLIC_URL: "",
  // Tests come from several addresses by sending what a proxy would.
  TRUST_PROXY: "2",
  WEB_PORT: String(port),
  API_PORT: String(port + 1000),
  RINGFENCE_STATE: state,
  RINGFENCE_REGISTRIES: `${state}-registries`,
  // Addresses on this machine where tests start registry services (`registry-services.apart.spec.ts`) and an identity
  // provider (`identity-provider.apart.spec.ts`).
  RINGFENCE_PRIVATE_HOSTS: [
    ...[0, 1, 2].map((n) => `${registryServicesOrganization}=127.0.0.1:${port + 2000 + n}`),
    `${identityProviderOrganization}=127.0.0.1:${findProviderPort(port)}`,
  ].join(","),
});

const running: ChildProcess[] = [];

function stopAll() {
  for (const demo of running) demo.kill("SIGTERM");
}

/** `pnpm screenshots` takes pictures of the second demo with its year. Stories find their own records faster without. */
const yearArgs = (demo: Demo) =>
  process.env.RINGFENCE_SCREENSHOTS && demo === secondDemo ? ["--year"] : [];

/** Starts a demo, shows its lines after its port, and returns when it is ready. */
async function start(demo: Demo): Promise<void> {
  const child = spawn(process.execPath, ["tooling/start.ts", "--throw-away", ...yearArgs(demo)], {
    cwd: root,
    env: environment(demo),
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  child.once("exit", (code) => {
    process.exitCode = code ?? 1;
    stopAll();
  });
  await new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      console.log(`${demo.port} ${line}`);
      if (line.includes("Ringfence is ready")) resolve();
    });
  });
}

process.once("SIGTERM", stopAll);
process.once("SIGINT", stopAll);
await Promise.all([firstDemo, secondDemo].map(start));
console.log("All demos are ready");
