import { expect, it } from "vitest";
import { assertBuilt, builtServices } from "./services.ts";
import { readInstallationSettings } from "./installation-settings.ts";

it("does not start in production what was never built", () => {
  expect(() => assertBuilt("/nowhere/server.js")).toThrow(
    "Nothing is built here: run `npm run build` first.",
  );
  expect(() => assertBuilt(import.meta.filename)).not.toThrow();
});

const aSecrets = (authSecret = "a secret of more than 32 characters") => ({
  urls: { url: "postgresql://a@127.0.0.1/a", acrossUrl: "postgresql://b@127.0.0.1/a" },
  authSecret,
  registryHosts: [],
});

it("tells only the worker where the key of the ledger is", () => {
  const settings = readInstallationSettings({ LEDGER_KEY_DIR: "/var/lib/signer" });
  const services = builtServices(settings, aSecrets(), "server.js");
  const knowing = services.filter(({ env }) => JSON.stringify(env).includes("/var/lib/signer"));
  expect(knowing.map(({ name }) => name)).toEqual(["worker"]);
});

it("seals the actions of pages with a key of this installation, not with the one of the build", () => {
  const settings = readInstallationSettings({});
  const findKey = (secret: string) =>
    builtServices(settings, aSecrets(secret), "server.js").map(
      ({ env }) => env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
    );
  const [first, second] = [findKey("a".repeat(32)), findKey("b".repeat(32))];
  expect(first).toEqual([undefined, undefined, expect.stringMatching(/^[\w+/]{43}=$/)]);
  expect(second).not.toEqual(first);
  expect(findKey("a".repeat(32))).toEqual(first);
});
