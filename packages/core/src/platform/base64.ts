import { base64 as padded, base64urlnopad } from "@scure/base";

/** RFC 4648, section 4, with padding. */
export const base64 = (bytes: Uint8Array): string => padded.encode(bytes);

/** RFC 4648, section 5, without padding. */
export const base64url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/** Null for what is not the one way in which some bytes are written. */
export function readBase64(text: string): Uint8Array | null {
  try {
    return padded.decode(text);
  } catch {
    return null;
  }
}
