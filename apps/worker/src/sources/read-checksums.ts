import { open } from "node:fs/promises";
import { RunFault } from "../jobs/platform/run-fault.ts";
import type { PublishedFile } from "./publication.ts";

const LONGEST_BYTES = 65_536;

/** `list.zip.sha256`, `SHA256SUMS`, `list_sha256.txt` */
export const isChecksumFile = (name: string) => /sha-?256(?:sums?)?(?:\.txt)?$/i.test(name);

/**
 * Reads the SHA-256 checksums, in hexadecimal, that some files contain for the others; null if none
 * does.
 */
export async function readChecksums(
  files: readonly PublishedFile[],
): Promise<ReadonlySet<string> | null> {
  const telling = files.filter(({ name }) => isChecksumFile(name));
  if (telling.length === 0) return null;
  const checksums = await Promise.all(telling.map(checksumsIn));
  return new Set(checksums.flat());
}

async function checksumsIn({ name, path }: PublishedFile) {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(new Uint8Array(LONGEST_BYTES), 0, LONGEST_BYTES, 0);
  const text = new TextDecoder("latin1").decode(buffer.subarray(0, bytesRead));
  const found = [...text.matchAll(/\b[0-9a-f]{64}\b/gi)].map(([digest]) => digest.toLowerCase());
  if (found.length === 0) {
    throw new RunFault({ key: "source.checksum-differs", values: { file: name } });
  }
  return found;
}
