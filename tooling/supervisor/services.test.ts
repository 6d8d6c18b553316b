import { expect, it } from "vitest";
import { assertBuilt, builtServices } from "./services.ts";
import { readInstallationSettings } from "./installation-settings.ts";

it("does not start in production what was never built", () => {
  expect(() => assertBuilt("/nowhere/server.js")).toThrow(
    "Nothing is built here: run `npm run build` first.",
  );
  expect(() => assertBuilt(import.meta.filename)).not.toThrow();
});

it("tells only the worker where the key of the ledger is", () => {
  const settings = readInstallationSettings({ LEDGER_KEY_DIR: "/var/lib/signer" });
  const urls = { url: "postgresql://a@127.0.0.1/a", acrossUrl: "postgresql://b@127.0.0.1/a" };
  const secrets = { urls, authSecret: "a secret of more than 32 characters", registryHosts: [] };
  const services = builtServices(settings, secrets, "server.js");
  const knowing = services.filter(({ env }) => JSON.stringify(env).includes("/var/lib/signer"));
  expect(knowing.map(({ name }) => name)).toEqual(["worker"]);
});
