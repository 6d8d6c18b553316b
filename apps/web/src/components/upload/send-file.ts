import { z } from "zod";
import { sha256 } from "@noble/hashes/sha2.js";
import { CONTENT_DIGEST, FILE_NAME, UPLOAD_LENGTH } from "./upload-headers";

/** Result of an upload: the ID under which the file was stored, or why it was not. */
export type UploadResult =
  | { id: string }
  /** `path` is the field at fault, as a JSON pointer. The message is null if there was no answer. */
  | { message: string | null; path: string | null };

/** Progress of an upload: the file is read once for its SHA-256, and once more to send it. */
export type UploadProgress = { phase: "reading" | "sending"; bytes: number };

const Taken = z.object({ id: z.uuid() });
const Refused = z.object({ message: z.string(), path: z.string().nullish() });

type Sending = { onProgress: (progress: UploadProgress) => void; signal: AbortSignal };

/**
 * Sends a file with its length and its SHA-256. The server then refuses a file that was cut off or changed,
 * on the way or on this computer between the two readings.
 */
export async function sendFile(
  file: File,
  address: string,
  { onProgress, signal }: Sending,
): Promise<UploadResult> {
  try {
    const digest = await hashFile(file, {
      signal,
      onProgress: (bytes) => onProgress({ phase: "reading", bytes }),
    });
    return await post(file, address, digest, { onProgress, signal });
  } catch {
    return { message: null, path: null }; // the file can no longer be read, or the upload was stopped
  }
}

/** Sends the file with XMLHttpRequest, because `fetch` does not report how much has been sent. */
async function post(
  file: File,
  address: string,
  digest: Uint8Array,
  { onProgress, signal }: Sending,
) {
  signal.throwIfAborted();
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.setRequestHeader(FILE_NAME, encodeURIComponent(file.name));
  request.setRequestHeader(UPLOAD_LENGTH, String(file.size));
  request.setRequestHeader(CONTENT_DIGEST, `sha-256=:${btoa(String.fromCharCode(...digest))}:`);
  request.upload.addEventListener("progress", ({ loaded }) =>
    onProgress({ phase: "sending", bytes: loaded }),
  );
  signal.addEventListener("abort", () => request.abort());
  return new Promise<UploadResult>((resolve) => {
    request.addEventListener("loadend", () => resolve(readAnswer(request.responseText)));
    request.send(file);
  });
}

function readAnswer(text: string): UploadResult {
  const answer: unknown = text.startsWith("{") ? JSON.parse(text) : null;
  const taken = Taken.safeParse(answer);
  if (taken.success) return taken.data;

  const { message = null, path = null } = Refused.safeParse(answer).data ?? {};
  return { message, path };
}

/** Small enough that the page stays responsive between pieces, and large enough to read a big file fast. */
const PIECE_BYTES = 8 * 1024 * 1024;

/**
 * Returns the SHA-256 of a file. It reads the file in pieces, so that a file of any size fits into memory.
 * Web Crypto needs the whole file at once, and is missing on pages without https.
 */
async function hashFile(
  file: Blob,
  { onProgress, signal }: { onProgress: (bytes: number) => void; signal: AbortSignal },
): Promise<Uint8Array> {
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const piece = await file.slice(at, at + PIECE_BYTES).arrayBuffer();
    signal.throwIfAborted();
    hash.update(new Uint8Array(piece));
    onProgress(at + piece.byteLength);
  }
  return hash.digest();
}
