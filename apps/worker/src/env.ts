import { say } from "@ringfence/core/platform/message";
import {
  appSettings,
  readHostLocale,
  readSettings,
  type SettingName,
} from "@ringfence/core/platform/settings";
import { findChromium } from "@ringfence/services/consents/form-check";

/** Language of the operator. */
export const locale = readHostLocale(process.env);

function readSettingsOrExit<Name extends SettingName>(names: readonly Name[]) {
  const read = readSettings(names, process.env);
  if (read.ok) return read.settings;
  for (const fault of read.faults) console.error(say(locale, fault));
  process.exit(1);
}

/** The settings of every worker. An invalid one stops the app at startup. Only this file reads `process.env`. */
export const env = readSettingsOrExit(appSettings.worker);

/** The browser that opens the pages of forms: the configured one, or this machine's own. */
export const chromium = findChromium({ ...process.env, CHROMIUM: env.CHROMIUM });

/** Settings of the one worker that signs the ledger; null for all others. */
export const signing = process.argv.includes("--signer")
  ? readSettingsOrExit(appSettings.signer)
  : null;

const signerNames: ReadonlySet<string> = new Set(appSettings.signer);

/** The environment of the process of long jobs, without the settings and secrets of the signer. */
export const longJobsEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(
    // `node --watch` asks its program to report what it imports; the process of long jobs has nobody to report it to.
    ([name]) =>
      !signerNames.has(name) &&
      !/^(LEDGER_\w+|SOFTHSM2_CONF|WATCH_REPORT_DEPENDENCIES)$/.test(name),
  ),
);
