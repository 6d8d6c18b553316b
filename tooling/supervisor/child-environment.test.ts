import { appSettings, settings } from "@ringfence/core/platform/settings";
import { expect, it, onTestFinished, vi } from "vitest";
import { appEnvironment } from "./child-environment.ts";
import { runCommand } from "./processes.ts";

/** An environment with every setting, and with variables that no app needs. */
const allVariables = {
  ...Object.fromEntries(Object.keys(settings).map((name) => [name, `the ${name}`])),
  PATH: "/usr/bin",
  LANG: "ru_RU.UTF-8",
  PGSSLROOTCERT: "/etc/ssl/pg.pem",
  LEDGER_TOKEN_PIN: "1234",
  AWS_SECRET_ACCESS_KEY: "nobody's here",
};

it.each([
  [
    "api",
    /^(DATABASE_OWNER_URL|AUTH_SECRET|SMTP_URL|SMS_URL|LEDGER_\w+|RINGFENCE_PRIVATE_HOSTS|RINGFENCE_REGISTRIES|RINGFENCE_BREACHED_PASSWORDS)$/,
  ],
  ["web", /^(DATABASE_OWNER_URL|SMS_URL|LEDGER_\w+|RINGFENCE_REGISTRIES)$/],
  ["worker", /^(DATABASE_OWNER_URL|AUTH_SECRET|LEDGER_\w+|RINGFENCE_BREACHED_PASSWORDS)$/],
  ["signer", /^(DATABASE_OWNER_URL|AUTH_SECRET|RINGFENCE_BREACHED_PASSWORDS)$/],
] as const)("gives %s its own settings and no others", (app, others) => {
  const environment = appEnvironment(app, allVariables);
  expect(Object.keys(environment).filter((name) => others.test(name))).toEqual([]);
  expect(environment).toMatchObject(
    Object.fromEntries(appSettings[app].map((name) => [name, `the ${name}`])),
  );
  expect(environment).toMatchObject({ PATH: "/usr/bin", PGSSLROOTCERT: "/etc/ssl/pg.pem" });
  expect(environment).not.toHaveProperty("AWS_SECRET_ACCESS_KEY");
});

it("tells the pages that text messages can be sent, but neither address nor password", () => {
  const environment = appEnvironment("web", { SMS_URL: "https://me:secret@sms.example?from=1" });
  expect(environment).toEqual({ SMS_CONFIGURED: "yes" });
  expect(appEnvironment("web", { SMS_URL: "" })).toEqual({});
});

it("gives the PIN of the token module to the worker that signs, and to nobody else", () => {
  expect(appEnvironment("signer", allVariables)).toHaveProperty("LEDGER_TOKEN_PIN", "1234");
  for (const app of ["web", "api", "worker"] as const)
    expect(appEnvironment(app, allVariables)).not.toHaveProperty("LEDGER_TOKEN_PIN");
});

it("starts a build with no secret in its environment", async () => {
  vi.stubEnv("AUTH_SECRET", "a secret of more than 32 characters");
  const address = "postgresql://me:secret@db/ringfence";
  for (const name of ["DATABASE_URL", "DATABASE_OWNER_URL"]) vi.stubEnv(name, address);
  onTestFinished(() => void vi.unstubAllEnvs());
  const script =
    "process.exit(/AUTH_SECRET|DATABASE/.test(Object.keys(process.env).join()) ? 3 : 0)";
  await expect(runCommand(process.execPath, ["--eval", script], {})).resolves.toBeUndefined();
});
