import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { z } from "zod";
import { OptOutRecovery } from "@ringfence/core/do-not-call/opt-out";
import { type Message, createMessage } from "@ringfence/core/platform/message";
import { hashLeaf } from "@ringfence/core/proof/ledger";
import { flushFolder } from "../../platform/internal.ts";

/** A recorded opt-out as a line of the copy names it. It has no number and no name. */
export const CopiedOptOut = z.object({
  /** Position in the log. */
  position: z.int().nonnegative(),
  /** Id of its statement. */
  entryId: z.guid(),
  organizationId: z.guid(),
  /** Leaf hash of its statement, in hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  acceptedAt: z.iso.datetime(),
  /** Missing in lines of earlier versions, and for a statement whose opt-out is not on record. */
  recovery: OptOutRecovery.nullable().default(null),
});
export type CopiedOptOut = z.infer<typeof CopiedOptOut>;

/** The copy as it was read, and what is wrong with its files. */
export type CopyFiles = {
  /** Id of the copy, by which the database knows it. Null if it has not been given one. */
  copyId: string | null;
  lines: CopiedOptOut[];
  faults: Message[];
};

/** Positions of the log that one file of the copy is for. */
const POSITIONS_IN_FILE = 10_000;

/** Returns the position after the last one of the file that a position belongs to. */
export const endOfFile = (position: number) =>
  (Math.floor(position / POSITIONS_IN_FILE) + 1) * POSITIONS_IN_FILE;

const fileName = (position: number) =>
  `opt-outs-${String(Math.floor(position / POSITIONS_IN_FILE)).padStart(9, "0")}.txt`;

const ID_FILE = "copy-id.txt";

/** Reads the id of the copy in a folder. Null if it has none. */
export function readCopyId(folder: string): string | null {
  const file = path.join(folder, ID_FILE);
  return existsSync(file)
    ? (z.guid().safeParse(readFileSync(file, "utf8").trim()).data ?? null)
    : null;
}

/** Gives the copy in a folder its id. */
export function writeCopyId(folder: string, copyId: string) {
  writeFileSync(path.join(folder, ID_FILE), `${copyId}\n`, { mode: 0o600, flush: true });
  flushFolder(folder);
}

const checkValue = (text: string) =>
  Buffer.from(hashLeaf(Buffer.from(text)))
    .toString("hex")
    .slice(0, 16);

const formatLine = (optOut: CopiedOptOut) => {
  const text = JSON.stringify(optOut);
  return `${checkValue(text)} ${text}\n`;
};

function parseLine(line: string): CopiedOptOut | null {
  const text = line.slice(line.indexOf(" ") + 1);
  if (line !== `${checkValue(text)} ${text}`) return null;
  return CopiedOptOut.parse(JSON.parse(text));
}

/**
 * Reads all files of the copy in order, and reports lines that do not match their check value. A last line that was cut
 * off by a crash is left out: it is written again.
 */
export function readCopy(folder: string): CopyFiles {
  if (!existsSync(folder))
    return { copyId: null, lines: [], faults: [createMessage("ledger.copy-missing", { folder })] };
  const files = readdirSync(folder).filter((name) => /^opt-outs-\d{9}\.txt$/.test(name));
  const faults: Message[] = [];
  const lines = files.toSorted().flatMap((file) => {
    const whole = readFileSync(path.join(folder, file), "utf8").split("\n").slice(0, -1);
    return whole.flatMap((text, index) => {
      const line = parseLine(text);
      if (line === null)
        faults.push(createMessage("ledger.copy-damaged", { file, line: index + 1 }));
      return line ?? [];
    });
  });
  return { copyId: readCopyId(folder), lines, faults };
}

/** The end of the copy, by which a change made by somebody else is noticed. */
export type CopyEnd = { file: string; bytes: number };

/** Appends lines to the file of a position, after removing a line that was cut off, and flushes them to disk. */
export function appendLines(
  folder: string,
  position: number,
  optOuts: readonly CopiedOptOut[],
): CopyEnd {
  const file = path.join(folder, fileName(position));
  if (existsSync(file)) truncateSync(file, readFileSync(file).lastIndexOf("\n") + 1);
  const handle = openSync(file, "a", 0o600);
  try {
    writeFileSync(handle, optOuts.map(formatLine).join(""));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  flushFolder(folder);
  return { file, bytes: statSync(file).size };
}

/** True if the copy in a folder still has this id and this end. */
export const hasEnd = (folder: string, copyId: string, end: CopyEnd | null) =>
  readCopyId(folder) === copyId &&
  (end === null || statSync(end.file, { throwIfNoEntry: false })?.size === end.bytes);
