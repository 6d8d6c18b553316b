import type { Delivery } from "@ringfence/core/consents/capture-form";
import { env } from "../env";

/** Returns which messages to people this installation can send. The worker sends them with the same settings. */
export function findDelivery(): Delivery {
  const { SMS_CONFIGURED, SMTP_URL, MAIL_FROM } = env();
  return {
    sms: SMS_CONFIGURED !== undefined,
    email: SMTP_URL !== undefined && MAIL_FROM !== undefined,
  };
}
