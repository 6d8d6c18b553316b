import { openMessageSender } from "../src/mail-and-sms.ts";

/** Settings for jobs that send no messages. */
export const noMessages = {
  messageSender: openMessageSender({
    SMS_URL: undefined,
    SMTP_URL: undefined,
    MAIL_FROM: undefined,
  }),
  publicUrl: "https://rf.example",
};
