// Only hashes are computed here.
// oxlint-disable-next-line house/no-ambient-input
import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

declare module "../../platform/context.ts" {
  interface InstallationParts {
    /** File with the hashes of stolen passwords that the operator put in; none if omitted. */
    breachedPasswords?: string | undefined;
  }
}

/** Length of a SHA-1 in hex, and the most that follows it: a colon, a count, and the end of the line. */
const HASH_LENGTH = 40;
const MAX_LINE = HASH_LENGTH + 24;

/**
 * Looks a password up in the operator's file, without reading it whole and without the network. The file has a
 * line for each password, in ascending order: its SHA-1 in hex, perhaps with a count, as the downloader of Have
 * I Been Pwned writes it (`5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:10434004`). False if no file is set; throws if it
 * cannot be read.
 */
export async function isBreached(
  { breachedPasswords }: { breachedPasswords?: string | undefined },
  password: string,
): Promise<boolean> {
  if (breachedPasswords === undefined) return false;
  const hash = createHash("sha1").update(password).digest("hex");
  const file = await open(breachedPasswords);
  try {
    return await findLine(file, hash);
  } finally {
    await file.close();
  }
}

/** Binary search over bytes: each step reads the first whole line at or after the middle. */
async function findLine(file: FileHandle, hash: string): Promise<boolean> {
  let first = 0; // the line is not before this byte, where a line begins
  let end = (await file.stat()).size; // and begins before this one
  while (first < end) {
    const middle = Math.floor((first + end) / 2);
    const line = await readLine(file, first, middle);
    if (line.hash === hash) return true;
    if (line.start >= end || line.hash > hash) end = middle;
    else first = line.end;
  }
  return false;
}

/** Reads the line that begins at `from`, or the first one that begins after it; `first` is where one begins. */
async function readLine(file: FileHandle, first: number, from: number) {
  const before = Math.max(first, from - 1);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2 * MAX_LINE), { position: before });
  const text = buffer.toString("latin1", 0, bytesRead);
  const skipped = from === first ? from - before : text.indexOf("\n") + 1 || bytesRead;
  const line = /^[^\n]*\n?/.exec(text.slice(skipped))?.[0] ?? "";
  const start = before + skipped;
  return {
    hash: line.slice(0, HASH_LENGTH).toLowerCase(),
    start,
    end: start + Math.max(line.length, 1),
  };
}
