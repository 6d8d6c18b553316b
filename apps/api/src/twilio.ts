import { parse } from "node:querystring";
import type { Locale } from "@ringfence/core/platform/message";
import type { FormParameters } from "@ringfence/core/do-not-call/inbound";

// Reads what Twilio posts, and writes the three short documents that answer it. Twilio's own library is a
// client for its whole API.

/** The answer to Twilio when there is nothing to do. */
export const nothingToSay = document("");

/** Tells Twilio to send this message back. */
export const replyWith = (text: string) => document(`<Message>${escapeXml(text)}</Message>`);

/** Tells Twilio to speak this text and end the call. */
export const hangUp = (text: string, locale: Locale) =>
  document(
    `<Say language="${locale === "ru" ? "ru-RU" : "en-US"}">${escapeXml(text)}</Say><Hangup/>`,
  );

function document(content: string) {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${content}</Response>`;
}

const escapeXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A form with more fields cannot have been signed. */
const MAX_FIELDS = 1_000;

/**
 * Parses a form as providers post it. Uses `querystring`, because the time of `URLSearchParams`
 * grows with the square of what a sender may post.
 */
export function parseForm(body: string): FormParameters {
  const fields = parse(body, "&", "=", { maxKeys: MAX_FIELDS });
  return Object.entries(fields).flatMap(([name, given]) =>
    [given ?? ""].flat().map((value): [string, string] => [name, value]),
  );
}
