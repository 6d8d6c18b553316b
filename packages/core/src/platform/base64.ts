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
