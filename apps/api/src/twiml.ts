import type { Locale } from "@ringfence/core/platform/message";

/** The answer to Twilio when there is nothing to do. */
export const nothingToSay = document("");

/** Tells Twilio to send this message back. */
export const replyWith = (text: string) => document(`<Message>${escaped(text)}</Message>`);

/** Tells Twilio to speak this text and end the call. */
export const hangUp = (text: string, locale: Locale) =>
  document(
    `<Say language="${locale === "ru" ? "ru-RU" : "en-US"}">${escaped(text)}</Say><Hangup/>`,
  );

function document(content: string) {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
