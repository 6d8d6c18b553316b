import { say } from "@ringfence/core/platform/message";
import {
  appSettings,
  readHostLocale,
  readSettings,
  type SettingName,
} from "@ringfence/core/platform/settings";
import { findChromium } from "@ringfence/services/consents/form-check";

/** The language of whoever runs it. */
export const locale = readHostLocale(process.env);

function settingsOf<Name extends SettingName>(names: readonly Name[]) {
  const read = readSettings(names, process.env);
  if (read.ok) return read.settings;
  for (const fault of read.faults) console.error(say(locale, fault));
  process.exit(1);
}

/** The only reader of `process.env`. A setting that is wrong stops the app as it starts. */
export const env = settingsOf(appSettings.worker);

/** The browser that opens the pages of forms: the one that is named, or this machine's own. */
export const chromium = findChromium({ ...process.env, CHROMIUM: env.CHROMIUM });

/** Of the one worker that signs the ledger; null for all others. */
export const signing = process.argv.includes("--signer") ? settingsOf(appSettings.signer) : null;
