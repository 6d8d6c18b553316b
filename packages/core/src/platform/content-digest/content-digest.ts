import { parseDictionary } from "structured-headers";

const SHA256_BYTES = 32;

/** Parses the SHA-256 in a `Content-Digest` header (RFC 9530). Null if it has none that can be read. */
export function parseContentDigest(header: string): Uint8Array | null {
  try {
    const [digest] = parseDictionary(header).get("sha-256") ?? [];
    if (!(digest instanceof ArrayBuffer) || digest.byteLength !== SHA256_BYTES) return null;
    return new Uint8Array(digest);
  } catch {
    return null;
  }
}
