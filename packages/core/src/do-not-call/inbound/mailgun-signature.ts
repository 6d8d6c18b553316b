import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { isSameText } from "./same-text.ts";

/** What Mailgun signs a webhook by: of the request itself nothing, so it holds for one alone. */
export type MailgunSigned = { timestamp: string; token: string; signature: string };

/**
 * Whether a request is Mailgun's: HMAC-SHA-256 under the signing key over time and token, in
 * hexadecimal (documentation.mailgun.com, “Securing webhooks”).
 */
export function isMailgunSignature(key: string, { timestamp, token, signature }: MailgunSigned) {
  const mac = hmac(sha256, utf8ToBytes(key), utf8ToBytes(timestamp + token));
  return isSameText(bytesToHex(mac), signature);
}
