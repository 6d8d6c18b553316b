import path from "node:path";
import { say } from "@ringfence/core/platform/message";
import {
  type SettingName,
  type Settings,
  readHostLocale,
  readSettings,
  tracingSettings,
} from "@ringfence/core/platform/settings";
import { CannotStart } from "@ringfence/db/postgres";

export const root = path.resolve(import.meta.dirname, "../..");

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Optional settings. Without DATABASE_URL, the embedded PostgreSQL is started; without
 * DATABASE_OWNER_URL, the role of DATABASE_URL migrates; without AUTH_SECRET, a secret is created
 * and saved.
 */
const optionalSettings = [
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "DATABASE_ACROSS_URL",
  "AUTH_SECRET",
] as const;
const requiredSettings = [
  "PUBLIC_URL",
  "API_URL",
  "WEB_PORT",
  "API_PORT",
  "API_RATE_LIMIT",
  "API_POOL_SIZE",
  "WEB_POOL_SIZE",
  "WORKER_POOL_SIZE",
  "METRICS_TOKEN",
  "HOST",
  "AGI_PORT",
  "WORKER_PORT",
  "AGI_HOST",
  "TRUST_PROXY",
  "SMTP_URL",
  "LEDGER_ORIGIN",
  "LEDGER_KEY_DIR",
  "LEDGER_TOKENS",
  "LEDGER_WITNESSES",
  "LEDGER_TSA",
  "LEDGER_TSA_ROOTS",
  "SYSLOG_COLLECTOR",
  "SYSLOG_CA",
  "SYSLOG_CERTIFICATE",
  "SYSLOG_KEY",
  "MAIL_FROM",
  "SMS_URL",
  "RINGFENCE_KEY_DIR",
  "RINGFENCE_LAW_KEYS",
  "RINGFENCE_FILES",
  "RINGFENCE_REGISTRIES",
  "RINGFENCE_PRIVATE_HOSTS",
  "RINGFENCE_BREACHED_PASSWORDS",
  "RINGFENCE_OPT_OUT_COPY",
  ...tracingSettings,
] as const;

/** All settings of the installation, and the folder of its own data. */
export type InstallationSettings = Settings<(typeof requiredSettings)[number]> &
  Partial<Settings<(typeof optionalSettings)[number]>> & {
    stateFolder: string;
    LEDGER_KEY_DIR: string;
  };

/** Reads the settings. @throws CannotStart with a sentence for each that is invalid */
export function readInstallationSettings(environment: Environment): InstallationSettings {
  const stateFolder = path.resolve(root, environment.RINGFENCE_STATE || ".ringfence");
  const publicUrl =
    environment.PUBLIC_URL || `http://localhost:${Number(environment.WEB_PORT) || 3000}`;
  const given = {
    PUBLIC_URL: publicUrl,
    API_URL: defaultApiUrl(publicUrl, environment.API_PORT),
    TRUST_PROXY: "none", // serving https requires more: `assertProxyIsNamed`
    LEDGER_ORIGIN: `${URL.parse(publicUrl)?.host ?? "localhost"}/ledger`,
    RINGFENCE_KEY_DIR: path.join(stateFolder, "keys"),
    RINGFENCE_FILES: path.join(stateFolder, "files"),
    ...Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== "")),
  };
  if (environment.DATABASE_OWNER_URL && !environment.DATABASE_URL)
    throw new CannotStart("DATABASE_OWNER_URL is set, and DATABASE_URL is not: set both.");
  const settings = readSettingsOrFail(requiredSettings, given);
  const { RINGFENCE_KEY_DIR: keys, RINGFENCE_FILES: files } = settings;
  const isBucket = files.startsWith("s3://");
  return {
    ...settings,
    ...readSettingsOrFail(
      optionalSettings.filter((name) => name in given),
      given,
    ),
    // Absolute paths, because apps run in other folders.
    RINGFENCE_KEY_DIR: path.resolve(root, keys),
    LEDGER_KEY_DIR: path.resolve(root, settings.LEDGER_KEY_DIR ?? keys),
    RINGFENCE_FILES: isBucket ? files : path.resolve(root, files),
    stateFolder,
  };
}

/** Lists the ports on which the parts listen, by their settings. */
export const listPorts = ({ WEB_PORT, API_PORT, WORKER_PORT }: InstallationSettings) => ({
  WEB_PORT,
  API_PORT,
  ...(WORKER_PORT !== undefined && { WORKER_PORT }),
});

/**
 * Refuses to serve https until the operator says which proxy is in front.
 * @throws CannotStart with what to set
 */
export function assertProxyIsNamed({ PUBLIC_URL }: InstallationSettings, environment: Environment) {
  const { TRUST_PROXY, LANG } = environment;
  readSettingsOrFail(["PUBLIC_URL", "TRUST_PROXY"], { PUBLIC_URL, TRUST_PROXY, LANG });
}

/** Address of the API on the host of the pages. */
function defaultApiUrl(publicUrl: string, port: string | undefined) {
  const { protocol, hostname } = URL.parse(publicUrl) ?? new URL("http://localhost");
  return `${protocol}//${hostname}:${Number(port) || 4000}`;
}

function readSettingsOrFail<Name extends SettingName>(
  names: readonly Name[],
  environment: Environment,
) {
  const read = readSettings(names, environment);
  if (read.ok) return read.settings;
  const sentences = read.faults.map((fault) => say(readHostLocale(environment), fault));
  throw new CannotStart(sentences.join("\n"));
}
