import { appSettings } from "@ringfence/core/platform/settings";

/** A program of the installation. The signer is the one worker that also signs the ledger. */
export type App = "api" | "web" | "worker" | "signer";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Variables of the machine and its user, which every program gets. No setting of Ringfence is among
 * them.
 */
const MACHINE_VARIABLES =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|TERM|COLORTERM|NO_COLOR|FORCE_COLOR|CI|(HTTPS?|NO|ALL)_PROXY|NODE_(EXTRA_CA_CERTS|OPTIONS|USE_ENV_PROXY|COMPILE_CACHE)|SSL_CERT_(FILE|DIR)|XDG_\w+|LD_LIBRARY_PATH)$/i;

/** Variables that complete DATABASE_URL for PostgreSQL. */
const POSTGRES_VARIABLES = /^PG[A-Z]+$/;

/** Variables for the module that opens the ledger's tokens, such as a PIN. */
const TOKEN_VARIABLES = /^(LEDGER_\w+|SOFTHSM2_CONF)$/;

const pick = (environment: Environment, isPicked: (name: string) => boolean) =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && isPicked(name) ? [[name, value]] : [],
    ),
  );

/** The environment of a program that needs no settings, such as a build. */
export const machineEnvironment = (environment: Environment): Record<string, string> =>
  pick(environment, (name) => MACHINE_VARIABLES.test(name));

/** The environment of an app: the machine's, plus the settings that the app reads. */
export function appEnvironment(app: App, environment: Environment): Record<string, string> {
  const isSigner = app === "signer";
  const names: ReadonlySet<string> = new Set([
    ...(isSigner ? appSettings.worker : []),
    ...appSettings[app],
  ]);
  const variables = pick(
    environment,
    (name) =>
      names.has(name) ||
      MACHINE_VARIABLES.test(name) ||
      POSTGRES_VARIABLES.test(name) ||
      (isSigner && TOKEN_VARIABLES.test(name)),
  );
  // The pages show whether text messages can be sent. Only the worker gets the address, which
  // contains a password.
  return app === "web" && environment.SMS_URL ? { SMS_CONFIGURED: "yes", ...variables } : variables;
}
