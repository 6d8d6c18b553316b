import { base64 as padded, base64urlnopad } from "@scure/base";

/** Encodes with padding (RFC 4648, section 4). */
export const base64 = (bytes: Uint8Array): string => padded.encode(bytes);

/** Encodes without padding (RFC 4648, section 5). */
export const base64url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/** Decodes base64 with padding. Null unless the text is the only encoding of its bytes. */
export function readBase64(text: string): Uint8Array | null {
  try {
    return padded.decode(text);
  } catch {
    return null;
  }
}

/** Decodes base64url without padding (RFC 4648, 5). Null unless the text is the only encoding of its bytes. */
export function decodeBase64url(text: string): Uint8Array | null {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = readBase64(padded + "=".repeat((4 - (text.length % 4)) % 4));
  return bytes !== null && base64url(bytes) === text ? bytes : null;
}

/** Decodes a part of a token: JSON in UTF-8, encoded as base64url. Null if it is malformed, or the JSON is `null`. */
export function decodeJsonPart(text: string): unknown {
  const bytes = decodeBase64url(text);
  if (bytes === null) return null;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
