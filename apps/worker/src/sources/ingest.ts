import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type KeyTaking, createMessage, toStoredMessage } from "@ringfence/core/platform/message";
import { readPhoneBytes } from "@ringfence/core/people/phone";
import {
  type Edition,
  type EditionReader,
  type RegistryFormat,
  createEditionReader,
  needsChecksum,
} from "@ringfence/core/do-not-call/registry";
import type { RunProgress } from "@ringfence/core/platform/run";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { BYTES_MAX, type PublishedFile } from "./publication.ts";
import { isZip, readZip } from "./read-zip.ts";
import { type Hashed, type Hasher, startHasher } from "./start-hasher.ts";

type Ingesting = {
  format: RegistryFormat;
  signal: AbortSignal;
  report: (progress: RunProgress) => void;
};

/** A parsed edition, with SHA-256 and bytes of the files as published. */
type Ingested = { edition: Edition; sha256: string; bytes: number };

/**
 * Reads the files of an edition, plain or zipped, and hashes them meanwhile in a second thread. If
 * a file contains checksums, every other file must match one of them.
 * @throws RunFault if a file cannot be read, or does not match its checksum
 */
export async function ingest(
  files: readonly PublishedFile[],
  { format, signal, report }: Ingesting,
): Promise<Ingested> {
  const lists = files.filter(({ name }) => !isChecksumFile(name));
  const checksums = await readChecksums(files);
  if (checksums === null && needsChecksum(format)) {
    throw new RunFault({ key: "source.checksum-missing", values: { file: files[0]?.name ?? "" } });
  }
  const reader = createEditionReader(format, readPhoneBytes);
  const hasher = startHasher();
  const hashed: Hashed[] = [];
  let bytes = 0;
  const advance = (by: number) => {
    bytes += by;
    report({ rows: reader.lines(), bytes });
  };
  try {
    for (const file of lists) {
      const one = await ingestFile(file, { reader, signal, advance, hasher });
      if (checksums?.has(one.sha256) === false)
        throw fileFault("source.checksum-differs", file.name);
      hashed.push(one);
    }
  } finally {
    await hasher.stop();
  }
  return { edition: toEdition(reader), sha256: combineDigests(hashed), bytes: sumBytes(hashed) };
}

type FileIngesting = {
  reader: EditionReader;
  signal: AbortSignal;
  advance: (bytes: number) => void;
  hasher: Hasher;
};

async function ingestFile(
  { name, path }: PublishedFile,
  ingesting: FileIngesting,
): Promise<Hashed> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const before = await file.stat();
    if (!before.isFile() || before.size > BYTES_MAX) throw fileFault("source.too-large", name);
    const { buffer: head } = await file.read(new Uint8Array(4), 0, 4, 0);

    const hashed = await (isZip(head) ? ingestZip : ingestPlain)(file, name, ingesting);
    const after = await file.stat();
    const isSame = before.mtimeMs === after.mtimeMs && hashed.bytes === before.size;
    if (!isSame) throw fileFault("source.changed-while-read", name);
    return hashed;
  } finally {
    await file.close();
  }
}

async function ingestPlain(
  { fd }: FileHandle,
  name: string,
  { reader, signal, advance, hasher }: FileIngesting,
): Promise<Hashed> {
  const plain = reader.open(name);
  const hashed = await hasher.read(fd, (bytes) => {
    signal.throwIfAborted();
    plain.push(bytes);
    advance(bytes.length);
  });
  plain.end();
  return hashed;
}

async function ingestZip(
  file: FileHandle,
  name: string,
  { reader, signal, advance, hasher }: FileIngesting,
): Promise<Hashed> {
  const hashing = hasher.hash(file.fd);
  hashing.catch(() => {}); // awaited below, and may fail before
  try {
    await readZip(file, { name, open: reader.open, advance, signal });
    return await hashing;
  } finally {
    // The thread reads the same open file, so wait for it.
    await Promise.allSettled([hashing]);
  }
}

const fileFault = (key: KeyTaking<{ file: string }>, file: string) =>
  new RunFault(createMessage(key, { file }), { isTransient: key === "source.changed-while-read" });

function toEdition(reader: EditionReader): Edition {
  const read = reader.close();
  if (read.outcome === "read") return read.edition;

  const { faults, lines, unreadable } = read;
  const [first = { key: "error.bug" as const }] = faults;
  throw new RunFault(first, {
    outcome: { lines, unreadable, faults: faults.map(toStoredMessage) },
  });
}

/**
 * Digest of an edition: of one file its own; of several, that of their sorted digests, one per
 * line, so that names do not matter.
 */
function combineDigests(hashed: readonly Hashed[]): string {
  const digests = hashed.map(({ sha256 }) => sha256).toSorted();
  const [only] = digests;
  if (only !== undefined && digests.length === 1) return only;
  return createHash("sha256")
    .update(digests.map((digest) => `${digest}\n`).join(""))
    .digest("hex");
}

const sumBytes = (hashed: readonly Hashed[]) => hashed.reduce((sum, { bytes }) => sum + bytes, 0);

const MAX_CHECKSUM_BYTES = 65_536;

/** `list.zip.sha256`, `SHA256SUMS`, `list_sha256.txt` */
const isChecksumFile = (name: string) => /sha-?256(?:sums?)?(?:\.txt)?$/i.test(name);

/**
 * Reads the SHA-256 checksums, in hexadecimal, that some files contain for the others; null if none
 * does.
 */
async function readChecksums(files: readonly PublishedFile[]): Promise<ReadonlySet<string> | null> {
  const checksumFiles = files.filter(({ name }) => isChecksumFile(name));
  if (checksumFiles.length === 0) return null;
  const checksums = await Promise.all(checksumFiles.map(readChecksumFile));
  return new Set(checksums.flat());
}

async function readChecksumFile({ name, path }: PublishedFile) {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(
    new Uint8Array(MAX_CHECKSUM_BYTES),
    0,
    MAX_CHECKSUM_BYTES,
    0,
  );
  const text = new TextDecoder("latin1").decode(buffer.subarray(0, bytesRead));
  const found = [...text.matchAll(/\b[0-9a-f]{64}\b/gi)].map(([digest]) => digest.toLowerCase());
  if (found.length === 0) {
    throw new RunFault({ key: "source.checksum-differs", values: { file: name } });
  }
  return found;
}
