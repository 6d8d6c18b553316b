import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** Parameters of a form in the order in which they arrived. A name may occur several times. */
export type FormParameters = readonly (readonly [name: string, value: string])[];

/**
 * Verifies Twilio's signature of a request: HMAC-SHA-1 with the account's token over the address and the sorted names
 * and values, a repeated pair once (twilio.com/docs/usage/security). Compares in constant time.
 */
export function isTwilioSignature(
  signature: string,
  token: string,
  url: string,
  parameters: FormParameters,
): boolean {
  const distinct = new Map(parameters.map((pair) => [pair.join("\0"), pair.join("")]));
  const inOrder = [...distinct].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  const mac = hmac(sha1, utf8ToBytes(token), utf8ToBytes(url + inOrder.join("")));
  const expected = btoa(String.fromCharCode(...mac));
  return equalsInConstantTime(expected, signature);
}

/** Mailgun's signature of a webhook. It does not cover the request itself, so a token must be used only once. */
export type MailgunSigned = { timestamp: string; token: string; signature: string };

/**
 * Verifies Mailgun's signature: HMAC-SHA-256 with the signing key over timestamp and token, in hexadecimal
 * (documentation.mailgun.com, “Securing webhooks”).
 */
export function isMailgunSignature(key: string, { timestamp, token, signature }: MailgunSigned) {
  const mac = hmac(sha256, utf8ToBytes(key), utf8ToBytes(timestamp + token));
  return equalsInConstantTime(bytesToHex(mac), signature);
}

/** Compares texts in constant time, so that timing reveals nothing about a secret. */
function equalsInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let n = 0; n < a.length; n++) difference |= a.charCodeAt(n) ^ b.charCodeAt(n);
  return difference === 0;
}
