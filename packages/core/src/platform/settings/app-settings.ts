import type { SettingName } from "./settings.ts";

/**
 * Settings of each program. A program gets no others, so that a secret is known only to programs that need
 * it.
 */
export const appSettings = {
  api: [
    "DATABASE_URL",
    "PUBLIC_URL",
    "HOST",
    "API_PORT",
    "API_RATE_LIMIT",
    "METRICS_TOKEN",
    "AGI_PORT",
    "AGI_HOST",
    "TRUST_PROXY",
    "RINGFENCE_KEY_DIR",
    "RINGFENCE_FILES",
  ],
  worker: [
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
  ],
  /** Additional settings of the one worker that signs the ledger. */
  signer: ["LEDGER_ORIGIN", "LEDGER_TOKENS", "LEDGER_WITNESSES", "LEDGER_TSA", "LEDGER_TSA_ROOTS"],
  web: [
    "DATABASE_URL",
    "AUTH_SECRET",
    "PUBLIC_URL",
    "API_URL",
    "TRUST_PROXY",
    "RINGFENCE_KEY_DIR",
    "RINGFENCE_FILES",
    "SMTP_URL",
    "MAIL_FROM",
    "SMS_CONFIGURED",
    "RINGFENCE_PRIVATE_HOSTS",
  ],
} as const satisfies Record<string, readonly SettingName[]>;
