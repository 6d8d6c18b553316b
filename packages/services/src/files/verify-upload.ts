// Hashing is deterministic: it makes no result depend on when or where it runs.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import type { Message } from "@ringfence/core/message";
import { ServiceError } from "../errors.ts";

/** What a sender says of a file before sending it. */
export type DeclaredFile = {
  /** Null where the sender gives the SHA-256 alone. */
  bytes: number | null;
  sha256: Uint8Array;
};

/**
 * Passes a file on, and fails at its end unless every byte that was declared arrived, and no other. Whoever
 * saves or applies the file only after its end therefore never uses a file that something on the way cut off.
 */
export async function* verifyUpload(
  content: AsyncIterable<Uint8Array>,
  declared: DeclaredFile | null,
): AsyncGenerator<Uint8Array> {
  if (declared === null) throw refused({ key: "error.upload-undeclared" });
  const { bytes, sha256 } = declared;
  const hash = createHash("sha256");
  let received = 0;
  for await (const chunk of content) {
    received += chunk.byteLength;
    if (bytes !== null && received > bytes) {
      throw refused({ key: "error.upload-longer", values: { declared: bytes } });
    }
    hash.update(chunk);
    yield chunk;
  }
  if (bytes !== null && received < bytes) {
    throw refused({ key: "error.upload-cut-off", values: { received, declared: bytes } });
  }
  if (!hash.digest().equals(sha256)) throw refused({ key: "error.upload-differs" });
}

/** The SHA-256 of a `Content-Digest` header (RFC 9530), null where it has none that can be read. */
export function parseContentDigest(header: string): Uint8Array | null {
  const [, digest] = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(header) ?? [];
  return digest === undefined ? null : Buffer.from(digest, "base64");
}

const refused = (message: Message) => new ServiceError("invalid", message, "/file");
