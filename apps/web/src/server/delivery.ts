import type { Delivery } from "@ringfence/core/capture-form";
import { env } from "@/env";

/** By which means messages to people go out from here; the worker sends them by the same settings. */
export function findDelivery(): Delivery {
  const { SMS_CONFIGURED, SMTP_URL, MAIL_FROM } = env();
  return {
    sms: SMS_CONFIGURED !== undefined,
    email: SMTP_URL !== undefined && MAIL_FROM !== undefined,
  };
}
