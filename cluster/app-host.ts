import { cpSync } from "node:fs";
import path from "node:path";
import { createHost } from "./host.ts";
import { network } from "./network.ts";
import { proxyPorts, startProxy } from "./proxy.ts";

const root = path.resolve(import.meta.dirname, "..");

/** Name of the ledger. */
export const ledgerOrigin = "cluster.ringfence.test";

type Kind = "api" | "worker";

/** Hosts with an app. Both workers may sign the ledger. */
const appHosts: readonly { name: string; address: string; kind: Kind }[] = [
  { name: "api1", address: `${network}.21`, kind: "api" },
  { name: "api2", address: `${network}.22`, kind: "api" },
  { name: "worker1", address: `${network}.31`, kind: "worker" },
  { name: "worker2", address: `${network}.32`, kind: "worker" },
];

const port = 4000;

/** Commands that start the apps. Workers listen for jobs (LISTEN), which needs a connection of their own. */
const apps = {
  api: {
    main: "apps/api/src/main.ts",
    args: [],
    proxyPort: proxyPorts.pooled,
    env: { API_PORT: String(port), API_RATE_LIMIT: "100000000" },
  },
  worker: {
    main: "apps/worker/src/main.ts",
    args: ["--signer"],
    proxyPort: proxyPorts.direct,
    env: { WORKER_PORT: String(port), LEDGER_ORIGIN: ledgerOrigin },
  },
};

type Settings = {
  folder: string;
  /** Keys, of which each host gets a copy. */
  keyFolder: string;
  /** Files, on a disk that all hosts share. */
  filesFolder: string;
  /** Address of the database through a proxy. */
  toUrl: (proxy: string) => string;
};

/** Starts all hosts with APIs, or all with workers. */
export const startAppHosts = (kind: Kind, settings: Settings) =>
  appHosts
    .filter((host) => host.kind === kind)
    .map(({ name, address }) => startAppHost(name, address, kind, settings));

function startAppHost(
  name: string,
  address: string,
  kind: Kind,
  { folder, keyFolder, filesFolder, toUrl }: Settings,
) {
  const host = createHost({ name, address, folder });
  const keys = path.join(host.home, "keys");
  cpSync(keyFolder, keys, { recursive: true });
  const proxy = startProxy(host);
  const { main, args, env, proxyPort } = apps[kind];
  const app = host.run({
    name: kind,
    command: process.execPath,
    args: [path.join(root, main), ...args],
    env: {
      NODE_ENV: "production",
      HOST: "0.0.0.0",
      DATABASE_URL: toUrl(`127.0.0.1:${proxyPort}`),
      PUBLIC_URL: "http://127.0.0.1:3000",
      API_URL: "http://127.0.0.1:4000",
      RINGFENCE_KEY_DIR: keys,
      RINGFENCE_FILES: filesFolder,
      NODE_COMPILE_CACHE: path.join(folder, "compiled"),
      ...env,
    },
  });
  return { ...host, app, proxy, origin: `http://${address}:${port}` };
}
