import type { HouseSettings } from "../supervisor/house-settings.ts";
import { type Finding, fine, note } from "./finding.ts";

type DeliverySettings = Pick<HouseSettings, "SMS_URL" | "SMTP_URL" | "MAIL_FROM">;

/**
 * Checks that messages to people can go out. Ringfence works without, except for what sends them.
 */
export const checkDelivery = ({ SMS_URL, SMTP_URL, MAIL_FROM }: DeliverySettings): Finding[] => [
  SMS_URL === undefined
    ? note(
        "messages",
        "SMS_URL is not set: no codes for /my, and no forms that send text messages. Set it to send them.",
      )
    : fine("messages", "SMS_URL is set"),
  SMTP_URL === undefined || MAIL_FROM === undefined
    ? note(
        "mail",
        "SMTP_URL and MAIL_FROM are not both set: no alarms, links or receipts by mail, and no forms that send e-mail. Set both.",
      )
    : fine("mail", `SMTP_URL is set, from ${MAIL_FROM}`),
];
