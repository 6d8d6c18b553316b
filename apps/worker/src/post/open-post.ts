import type { Settings } from "@ringfence/core/platform/settings";
import type { Post } from "@ringfence/services/message-sender";
import { sendBySmtp } from "./send-by-smtp.ts";
import { sendByTwilio } from "./send-by-twilio.ts";

type PostSettings = Settings<"SMS_URL" | "SMTP_URL" | "MAIL_FROM">;

/** Opens the configured providers. A message without a provider is not lost: its job is retried. */
export const openPost = ({ SMS_URL, SMTP_URL, MAIL_FROM }: PostSettings): Post => ({
  sms: SMS_URL === undefined ? missing("SMS_URL") : sendByTwilio(SMS_URL),
  email:
    SMTP_URL === undefined || MAIL_FROM === undefined
      ? missing("SMTP_URL or MAIL_FROM")
      : sendBySmtp(SMTP_URL, MAIL_FROM),
});

/** No provider is configured for messages of this kind. */
export class NoCarrier extends Error {
  override readonly name = "NoCarrier";
}

const missing = (setting: string) => () =>
  Promise.reject(new NoCarrier(`a message waits, and ${setting} is not set`));
