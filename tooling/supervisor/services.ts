import { cp } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { appEnvironment } from "./child-environment.ts";
import { localAddresses } from "./greeting.ts";
import { root, type HouseSettings } from "./house-settings.ts";
import type { Service } from "./processes.ts";

export type Secrets = {
  databaseUrl: string;
  authSecret: string;
  /** Hosts of ours that the worker may ask for registries, in addition to the configured ones. */
  registryHosts: readonly string[];
};

/** A way to run the installation: tasks to do before, and services that stay. */
export type Mode = {
  tasks: readonly string[];
  services: (settings: HouseSettings, secrets: Secrets) => Promise<Service[]>;
};

/**
 * Runs what was built: the pages by Next's own server, API and worker from their source by Node.
 */
export const built: Mode = {
  tasks: ["generate", "build"],
  async services(settings, secrets) {
    const standalone = path.join(root, "apps/web/.next/standalone/apps/web");
    // Next expects whoever runs its server to supply the static files.
    await cp(path.join(root, "apps/web/.next/static"), path.join(standalone, ".next/static"), {
      recursive: true,
    });
    return builtServices(settings, secrets, path.join(standalone, "server.js"));
  },
};

/** API and worker as Node runs their source, and a built server of the pages. */
export function builtServices(settings: HouseSettings, secrets: Secrets, pages: string): Service[] {
  const env = (app: App) => ({
    ...serviceEnvironment(app, settings, secrets),
    NODE_ENV: "production",
  });
  const web = { PORT: String(settings.WEB_PORT), HOSTNAME: settings.HOST };
  const urls = listUrls(settings);
  return [
    { name: "api", args: [app("api")], env: env("api"), url: urls.api },
    { name: "worker", args: [app("worker"), "--signer"], env: env("worker") },
    { name: "web", args: [pages], env: { ...env("web"), ...web }, url: urls.web },
  ];
}

/** Runs from source: each app restarts when a file it uses changes. */
export const watched: Mode = {
  tasks: ["generate"],
  services(settings, secrets) {
    const env = (app: App) => serviceEnvironment(app, settings, secrets);
    const cwd = path.join(root, "apps/web");
    const next = createRequire(path.join(cwd, "package.json")).resolve("next/dist/bin/next");
    const address = ["--port", String(settings.WEB_PORT), "--hostname", settings.HOST];
    const urls = listUrls(settings);
    return Promise.resolve([
      { name: "api", args: [app("api")], env: env("api"), isWatched: true, url: urls.api },
      { name: "worker", args: [app("worker"), "--signer"], env: env("worker"), isWatched: true },
      { name: "web", args: [next, "dev", ...address], env: env("web"), cwd, url: urls.web },
    ]);
  },
};

/** Address at which a service answers when it works. */
const listUrls = (settings: HouseSettings) => {
  const { web, api } = localAddresses(settings);
  return { web, api: `${api}/readyz` };
};

const app = (name: string) => path.join(root, "apps", name, "src/main.ts");

type App = Parameters<typeof appEnvironment>[0];

/** Returns an app's own settings, with defaults, full paths, and the secrets that are kept. */
const serviceEnvironment = (
  app: App,
  settings: HouseSettings,
  { databaseUrl, authSecret, registryHosts }: Secrets,
) => ({
  ...appEnvironment(app, {
    ...process.env,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: authSecret,
    PUBLIC_URL: settings.PUBLIC_URL,
    API_URL: settings.API_URL,
    API_PORT: String(settings.API_PORT),
    LEDGER_ORIGIN: settings.LEDGER_ORIGIN,
    RINGFENCE_KEY_DIR: settings.RINGFENCE_KEY_DIR,
    RINGFENCE_FILES: settings.RINGFENCE_FILES,
    RINGFENCE_PRIVATE_HOSTS: [...settings.RINGFENCE_PRIVATE_HOSTS, ...registryHosts].join(","),
  }),
  NEXT_TELEMETRY_DISABLED: "1",
});
