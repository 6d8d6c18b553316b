import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { isSameText } from "./same-text.ts";

/** The parameters of a form, in the order in which they came; a name may stand several times. */
export type FormParameters = readonly (readonly [name: string, value: string])[];

/**
 * Whether a request is Twilio's: HMAC-SHA-1 under the account's token over the address, and over names
 * and values in the order of the names (twilio.com/docs/usage/security). Takes as long for a wrong
 * signature as for a right one.
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
  return isSameText(expected, signature);
}
