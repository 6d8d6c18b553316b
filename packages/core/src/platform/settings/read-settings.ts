import { type Locale, type Message, createMessage, preferredLocale } from "../message/index.ts";
import { type SettingName, type Settings, settings } from "./settings.ts";

export type ReadSettings<Name extends SettingName> =
  | { ok: true; settings: Settings<Name> }
  /** A message for each setting that is wrong or missing. */
  | { ok: false; faults: Message[] };

/** Reads the settings that an app uses from its environment. An empty variable counts as not set. */
export function readSettings<Name extends SettingName>(
  names: readonly Name[],
  environment: Readonly<Record<string, string | undefined>>,
): ReadSettings<Name> {
  const read: Partial<Settings<Name>> = {};
  const faults: Message[] = [];
  for (const name of names) {
    const given = environment[name] === "" ? undefined : environment[name];
    const { success, data } = settings[name].safeParse(given);
    if (success) Object.assign(read, { [name]: data });
    else faults.push(createMessage(`setting.${name}`, redactSetting(name, given)));
  }
  if (lacksProxy(read, names, environment)) faults.push({ key: "setting.proxy-required" });
  for (const name of findMissingHalves(read, names))
    faults.push(createMessage(`setting.${name}`, redactSetting(name, undefined)));
  return isWhole(read, names) && faults.length === 0
    ? { ok: true, settings: read }
    : { ok: false, faults };
}

const isWhole = <Name extends SettingName>(
  read: Partial<Settings<Name>>,
  names: readonly Name[],
): read is Settings<Name> => names.every((name) => name in read);

/**
 * True if the app is served over https and the operator has not said if a proxy is in front. A guess would
 * either count all visitors as one, or let a caller forge their own address.
 */
const lacksProxy = (
  { PUBLIC_URL }: Partial<Settings>,
  names: readonly SettingName[],
  { TRUST_PROXY }: Readonly<Record<string, string | undefined>>,
) => names.includes("TRUST_PROXY") && PUBLIC_URL?.startsWith("https:") && !TRUST_PROXY;

/** Names the half that is missing if a certificate or key for the collector is set without the other. */
function findMissingHalves(
  read: Partial<Settings>,
  names: readonly SettingName[],
): readonly ("SYSLOG_CERTIFICATE" | "SYSLOG_KEY")[] {
  const halves = ["SYSLOG_CERTIFICATE", "SYSLOG_KEY"] as const;
  const missing = halves.filter((name) => names.includes(name) && read[name] === undefined);
  return missing.length === 1 && halves.every((name) => names.includes(name)) ? missing : [];
}

/** Settings that may contain a password. Only their scheme is shown. */
const guarded = new Set<SettingName>([
  "DATABASE_URL",
  "DATABASE_ACROSS_URL",
  "DATABASE_OWNER_URL",
  "SMTP_URL",
  "SMS_URL",
  "RINGFENCE_FILES",
  "LEDGER_TSA",
  "LEDGER_WITNESSES",
  "SYSLOG_COLLECTOR",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_HEADERS",
]);

/** Describes a setting's value for an error message, without secrets. */
function redactSetting(name: SettingName, given: string | undefined) {
  if (given === undefined) return { isSet: "no", got: "" };
  if (name === "AUTH_SECRET" || name === "METRICS_TOKEN")
    return { isSet: "yes", got: given.length };
  if (!guarded.has(name)) return { isSet: "yes", got: given };
  return { isSet: "yes", got: `${/^[a-z][a-z0-9+.-]*:\/\//i.exec(given)?.[0] ?? ""}…` };
}

/** Reads the operator's language from `LANG` (POSIX: `ru_RU.UTF-8`). */
export const readHostLocale = ({ LANG }: Readonly<Record<string, string | undefined>>): Locale =>
  preferredLocale(LANG?.split(/[_.]/, 1)[0]);
