import { say } from "@ringfence/core/message";
import { hostLocale, readSettings } from "@ringfence/core/settings";

const names = [
  "DATABASE_URL",
  "PUBLIC_URL",
  "SMS_URL",
  "SMTP_URL",
  "MAIL_FROM",
  "RINGFENCE_KEY_DIR",
  "RINGFENCE_FILES",
  "RINGFENCE_REGISTRIES",
  "RINGFENCE_PRIVATE_HOSTS",
  "CHROMIUM",
] as const;
const read = readSettings(names, process.env);
if (!read.ok) {
  for (const fault of read.faults) console.error(say(hostLocale(process.env), fault));
  process.exit(1);
}

/** The only reader of `process.env`. A setting that is wrong stops the app as it starts. */
export const env = read.settings;
