// Hashing is deterministic.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import type { Message } from "@ringfence/core/platform/message";
import { ServiceError } from "../errors.ts";
import type { FileName } from "./file-name.ts";
import type { FileStore } from "./open-files.ts";
import { HEAD_BYTES } from "@ringfence/core/people/number-file";

/** Throws `not-found` if a file is no longer stored, because its retention period is over. */
export async function requireFile(files: Pick<FileStore, "has">, name: FileName): Promise<void> {
  if (!(await files.has(name)))
    throw new ServiceError("not-found", { key: "retention.files-removed" });
}

/** Length and hash that a sender declares before sending a file. */
export type DeclaredFile = {
  /** Null if the sender gives only the SHA-256. */
  bytes: number | null;
  sha256: Uint8Array;
};

/**
 * Passes a file on. Fails before the first byte if nothing was declared, as soon as there are more bytes than declared,
 * and at the end if there are fewer or other bytes. A caller that saves or applies the file only after its end therefore
 * never uses one that was cut off on the way.
 */
export async function* verifyUpload(
  content: AsyncIterable<Uint8Array>,
  declared: DeclaredFile | null,
): AsyncGenerator<Uint8Array> {
  if (declared === null) throw uploadError({ key: "error.upload-undeclared" });
  const { bytes, sha256 } = declared;
  const hash = createHash("sha256");
  let received = 0;
  for await (const chunk of content) {
    received += chunk.byteLength;
    if (bytes !== null && received > bytes) {
      throw uploadError({ key: "error.upload-longer", values: { declared: bytes } });
    }
    hash.update(chunk);
    yield chunk;
  }
  if (bytes !== null && received < bytes) {
    throw uploadError({ key: "error.upload-cut-off", values: { received, declared: bytes } });
  }
  if (!hash.digest().equals(sha256)) throw uploadError({ key: "error.upload-differs" });
}

const uploadError = (message: Message) => new ServiceError("invalid", message, "/file");

/** Returns the first `HEAD_BYTES` of a file, which show the format of the rest. Reads no further. */
export async function readHead(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= HEAD_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}

/**
 * Saves an uploaded file, then runs `record` with its length in bytes, which writes the row. If that throws, the file is
 * erased again.
 */
export async function saveUpload<T>(
  files: FileStore,
  name: FileName,
  content: AsyncIterable<Uint8Array>,
  record: (bytes: number) => Promise<T>,
): Promise<T> {
  const bytes = await files.write(name, content);
  try {
    return await record(bytes);
  } catch (error) {
    await files.erase(name);
    throw error;
  }
}

/** Passes a file on, after showing each chunk to `see`. */
export async function* watchChunks(
  content: AsyncIterable<Uint8Array>,
  see: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    see(chunk);
    yield chunk;
  }
}
