import { hkdfSync } from "node:crypto";
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import path from "node:path";
import { type App, appEnvironment } from "./child-environment.ts";
import { localAddresses } from "./ready-message.ts";
import { type InstallationSettings, root } from "./installation-settings.ts";
import { CannotStart } from "@ringfence/db/postgres";
import type { Service } from "./processes.ts";

export type Secrets = {
  /** Programs find the second one themselves if it is not known. */
  urls: { url: string; acrossUrl: string | undefined };
  authSecret: string;
  /** Hosts that the worker may read registries from, in addition to the configured ones. */
  registryHosts: readonly string[];
};

/** A way to run the installation: tasks to run first, and services that stay up. */
export type Mode = {
  tasks: readonly string[];
  services: (settings: InstallationSettings, secrets: Secrets) => Service[];
};

/** The server of the pages, once they are built. */
const builtPages = path.join(root, "apps/web/.next/standalone/apps/web/server.js");

/** @throws CannotStart if nothing was built */
export function assertBuilt(pages = builtPages) {
  if (!existsSync(pages))
    throw new CannotStart("Nothing is built here: run `npm run build` first.");
}

/**
 * Runs what was built: the pages by Next's own server, API and worker from their source by Node.
 */
export const builtMode: Mode = {
  tasks: ["generate", "build"],
  services: (settings, secrets) => builtServices(settings, secrets, builtPages),
};

/** API and worker run from source, the pages by a built server. */
export function builtServices(
  settings: InstallationSettings,
  secrets: Secrets,
  pages: string,
): Service[] {
  const urls = listUrls(settings);
  return [
    { name: "api", ...startBuilt("api", settings, secrets), url: urls.api },
    { name: "worker", ...startBuilt("signer", settings, secrets) },
    { name: "web", ...startBuilt("web", settings, secrets, pages), url: urls.web },
  ];
}

/** Returns with which arguments and which environment Node runs one built program. */
function startBuilt(
  app: App,
  settings: InstallationSettings,
  secrets: Secrets,
  pages = builtPages,
): Pick<Service, "args" | "env"> {
  const env = { ...serviceEnvironment(app, settings, secrets), NODE_ENV: "production" };
  if (app !== "web") return { args: findProgram(app), env };
  return {
    args: [pages],
    env: {
      ...env,
      PORT: String(settings.WEB_PORT),
      HOSTNAME: settings.HOST,
      // Milliseconds. Longer than proxies and programs keep a connection that they reuse, such as nginx for 60 seconds:
      // a request on one that is just being closed is lost.
      KEEP_ALIVE_TIMEOUT: "75000",
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: deriveActionKey(secrets.authSecret),
    },
  };
}

/**
 * Returns the same for a program that runs without the supervisor, such as in a container of its own.
 * @throws CannotStart if it has no database, or the pages have no secret: one of their own would end all sessions at
 * each start
 */
export function startAlone(app: App, settings: InstallationSettings) {
  const { DATABASE_URL: url, DATABASE_ACROSS_URL: acrossUrl, AUTH_SECRET } = settings;
  if (url === undefined) throw new CannotStart("DATABASE_URL is not set.");
  if (app === "web" && AUTH_SECRET === undefined) throw new CannotStart("AUTH_SECRET is not set.");
  const secrets = { urls: { url, acrossUrl }, authSecret: AUTH_SECRET ?? "", registryHosts: [] };
  return startBuilt(app, settings, secrets);
}

/**
 * Derives the key that seals what a page hands to its own actions. Next would take one from the build, and that one is
 * in every copy of a release.
 */
const deriveActionKey = (authSecret: string) =>
  Buffer.from(hkdfSync("sha256", authSecret, "", "ringfence actions of pages", 32)).toString(
    "base64",
  );

/** Runs from source: each app restarts when a file it uses changes. */
export const watchMode: Mode = {
  tasks: ["generate"],
  services(settings, secrets) {
    const env = (app: App) => serviceEnvironment(app, settings, secrets);
    const cwd = path.join(root, "apps/web");
    const next = createRequire(path.join(cwd, "package.json")).resolve("next/dist/bin/next");
    const address = ["--port", String(settings.WEB_PORT), "--hostname", settings.HOST];
    const urls = listUrls(settings);
    return [
      { name: "api", args: findProgram("api"), env: env("api"), isWatched: true, url: urls.api },
      { name: "worker", args: findProgram("signer"), env: env("signer"), isWatched: true },
      { name: "web", args: [next, "dev", ...address], env: env("web"), cwd, url: urls.web },
    ];
  },
};

/** Returns the addresses at which services answer when they work. */
const listUrls = (settings: InstallationSettings) => {
  const { web, api } = localAddresses(settings);
  return { web, api: `${api}/readyz` };
};

/** Returns the program of the API or of a worker, with its arguments. */
const findProgram = (app: Exclude<App, "web">) =>
  app === "signer" ? [findMain("worker"), "--signer"] : [findMain(app)];

const findMain = (folder: string) => path.join(root, "apps", folder, "src/main.ts");

/** Returns an app's own settings, with defaults, full paths, and stored secrets. */
const serviceEnvironment = (
  app: App,
  settings: InstallationSettings,
  { urls, authSecret, registryHosts }: Secrets,
) => ({
  ...appEnvironment(app, {
    ...process.env,
    DATABASE_URL: urls.url,
    DATABASE_ACROSS_URL: urls.acrossUrl,
    AUTH_SECRET: authSecret,
    PUBLIC_URL: settings.PUBLIC_URL,
    API_URL: settings.API_URL,
    API_PORT: String(settings.API_PORT),
    LEDGER_ORIGIN: settings.LEDGER_ORIGIN,
    LEDGER_KEY_DIR: settings.LEDGER_KEY_DIR,
    RINGFENCE_KEY_DIR: settings.RINGFENCE_KEY_DIR,
    RINGFENCE_FILES: settings.RINGFENCE_FILES,
    RINGFENCE_PRIVATE_HOSTS: [...settings.RINGFENCE_PRIVATE_HOSTS, ...registryHosts].join(","),
  }),
  NEXT_TELEMETRY_DISABLED: "1",
});
