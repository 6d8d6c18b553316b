import type { FileHandle } from "node:fs/promises";
import path from "node:path";
import { crc32 } from "node:zlib";
import type { FileReader } from "@ringfence/core/do-not-call/registry";
import { type Entry, type ZipFile, fromFdPromise } from "yauzl";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { BYTES_MAX } from "./publication.ts";

const ENTRIES_MAX = 1_000;
/** A list compresses to about a tenth; anything below a hundredth was made to fill memory. */
const RATIO_MAX = 100;

/** True if a file that begins like this is a zip archive. */
export const isZip = (head: Uint8Array) =>
  head[0] === 0x50 && head[1] === 0x4b && (head[2] ?? 0) <= 8 && head[2] === (head[3] ?? 0) - 1;

type Reading = {
  /** Published name, for messages. */
  name: string;
  open: (name: string) => FileReader;
  advance: (bytes: number) => void;
  signal: AbortSignal;
};

/** Passes on the bytes of every file in a zip archive, one file after the other. */
export async function readZip(file: FileHandle, reading: Reading): Promise<void> {
  const { name, open, advance, signal } = reading;
  const broken = (cause: unknown) =>
    new RunFault({ key: "source.zip-broken", values: { file: name } }, { cause });

  const { size } = await file.stat();
  const zip = await fromFdPromise(file.fd, { autoClose: false }).catch((error: unknown) => {
    throw broken(error);
  });
  if (zip.entryCount > ENTRIES_MAX) throw tooLarge(name);

  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith("/")) continue;
      unpacked += entry.uncompressedSize;
      if (unpacked > Math.min(BYTES_MAX, size * RATIO_MAX)) throw tooLarge(name);
      const reader = open(path.posix.basename(entry.fileName));
      await readEntry(zip, entry, reader, signal);
      reader.end();
      advance(entry.compressedSize);
    }
  } catch (error) {
    if (error instanceof RunFault || signal.aborted) throw error;
    throw broken(error);
  }
}

/** Reads one entry. yauzl checks its length; its checksum proves that it is whole. */
async function readEntry(zip: ZipFile, entry: Entry, reader: FileReader, signal: AbortSignal) {
  let checksum = 0;
  const stream: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
  for await (const bytes of stream) {
    signal.throwIfAborted();
    checksum = crc32(bytes, checksum);
    reader.push(bytes);
  }
  if (checksum !== entry.crc32) throw new Error("The checksum of an entry is wrong");
}

const tooLarge = (file: string) => new RunFault({ key: "source.too-large", values: { file } });
