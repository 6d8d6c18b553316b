import type { SettingName } from "./settings.ts";

/** May hold a password: of these no more is shown than the scheme. */
const guarded = new Set<SettingName>(["DATABASE_URL", "SMTP_URL", "SMS_URL", "RINGFENCE_FILES"]);

/** What a message may say of a setting as it was given: never a secret. */
export function shownSetting(name: SettingName, given: string | undefined) {
  if (given === undefined) return { isSet: "no", got: "" };
  if (name === "AUTH_SECRET" || name === "METRICS_TOKEN")
    return { isSet: "yes", got: given.length };
  if (!guarded.has(name)) return { isSet: "yes", got: given };
  return { isSet: "yes", got: `${/^[a-z][a-z0-9+.-]*:\/\//i.exec(given)?.[0] ?? ""}…` };
}
