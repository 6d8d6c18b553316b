import { base64url, readBase64 } from "../../platform/base64.ts";

/** Decodes base64url without padding (RFC 4648, 5). Null unless the text is the only encoding of its bytes. */
export function decodeBase64url(text: string): Uint8Array | null {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = readBase64(padded + "=".repeat((4 - (text.length % 4)) % 4));
  return bytes !== null && base64url(bytes) === text ? bytes : null;
}

/** Decodes the JSON in a part of a token. Null if it is not valid JSON. */
export function decodeJsonPart(text: string): unknown {
  const bytes = decodeBase64url(text);
  if (bytes === null) return null;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
