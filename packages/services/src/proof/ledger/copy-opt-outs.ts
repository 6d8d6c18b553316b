import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { sql } from "kysely";
import { z } from "zod";
import { type Message, createMessage } from "@ringfence/core/platform/message";
import { hashLeaf } from "@ringfence/core/proof/ledger";
import type { Db } from "@ringfence/db";
import { flushFolder, selectRow, selectRows } from "../../platform/internal.ts";
import { LOG_ID } from "./tiles.ts";

/**
 * A recorded opt-out as the copy names it. Nothing in it is personal: the hash is that of a signed statement whose
 * personal claims are salted hashes themselves.
 */
const CopiedOptOut = z.object({
  /** Position in the log. */
  position: z.int().nonnegative(),
  entryId: z.guid(),
  organizationId: z.guid(),
  /** Leaf hash of its statement, in hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  acceptedAt: z.iso.datetime(),
});
type CopiedOptOut = z.infer<typeof CopiedOptOut>;

/** The copy as it was read, and what is wrong with its files. */
type Copy = { lines: CopiedOptOut[]; faults: Message[] };

/** Positions of the log that one file of the copy is for. */
const POSITIONS_IN_FILE = 10_000;

const IDS_IN_QUERY = 10_000;

/** Ids that a message names at most; `lost` has all of them. */
const MAX_NAMED = 20;

export type OptOutComparison = {
  /** Number of opt-outs in the copy. */
  copied: number;
  /** Opt-outs in the copy that the database does not have, or has otherwise. */
  lost: CopiedOptOut[];
  faults: Message[];
};

/**
 * Appends to the copy in a folder all opt-outs that the log has and the copy has not, and flushes them to disk. The
 * folder is on another disk than the database, so that a restored database can be compared with it. Writes nothing if
 * the database lacks an opt-out of the copy: the loss has to be settled first. Call it from one process at a time.
 */
export async function copyOptOuts(
  { prisma }: Pick<Db, "prisma">,
  folder: string,
): Promise<OptOutComparison & { added: number }> {
  const copy = readCopy(folder);
  const { next, ...compared } = await compareLines({ prisma }, copy);
  if (compared.faults.length > 0) return { ...compared, added: 0 };
  const { size } = await selectRow(
    { db: prisma },
    z.object({ size: z.number() }),
    sql`
    SELECT size::float8 FROM ledger.log WHERE log_id = ${LOG_ID}`,
  );
  const copiedIds = new Set(copy.lines.map(({ entryId }) => entryId));
  let added = 0;
  for (let from = next; from < size; from = endOfFile(from)) {
    const optOuts = await loadOptOuts({ prisma }, from, Math.min(size, endOfFile(from)));
    const missing = optOuts.filter(({ entryId }) => !copiedIds.has(entryId));
    if (missing.length > 0) appendLines(folder, from, missing);
    added += missing.length;
  }
  return { ...compared, copied: compared.copied + added, added };
}

/**
 * Finds the opt-outs of the copy that the database lacks, as after a restore to an earlier time. A line that was cut
 * off while it was written is left out: `copyOptOuts` writes it again. An empty folder is a fault, because its disk may
 * not be mounted.
 */
export async function compareOptOuts(
  { prisma }: Pick<Db, "prisma">,
  folder: string,
): Promise<OptOutComparison> {
  const copy = readCopy(folder);
  const isEmpty = copy.lines.length === 0 && copy.faults.length === 0;
  const faults = isEmpty ? [createMessage("ledger.copy-empty", { folder })] : copy.faults;
  const {
    copied,
    lost,
    faults: all,
  } = await compareLines({ prisma }, { lines: copy.lines, faults });
  return { copied, lost, faults: all };
}

const StoredEntry = z.object({
  entryId: z.string(),
  hash: z.string(),
  /** Null while the entry waits for its position. */
  position: z.number().nullable(),
});

/**
 * Compares by statement and not by position: an entry that waited for its position at the time to which the database
 * was restored is not lost, and may get another. `next` is the first position whose opt-outs may not be in the copy.
 */
async function compareLines(
  { prisma }: Pick<Db, "prisma">,
  { lines, faults }: Copy,
): Promise<OptOutComparison & { next: number }> {
  const lost: CopiedOptOut[] = [];
  let next = 0;
  let isUnmoved = true;
  for (let from = 0; from < lines.length; from += IDS_IN_QUERY) {
    const page = lines.slice(from, from + IDS_IN_QUERY);
    const stored = await loadEntries({ prisma }, page);
    for (const line of page) {
      const entry = stored.get(line.entryId);
      if (entry?.hash !== line.hash) lost.push(line);
      isUnmoved &&= entry?.position === line.position;
      if (isUnmoved) next = line.position + 1;
    }
  }
  return { copied: lines.length, lost, faults: [...faults, ...describeLost(lost)], next };
}

async function loadEntries({ prisma }: Pick<Db, "prisma">, lines: readonly CopiedOptOut[]) {
  const ids = lines.map(({ entryId }) => entryId);
  const rows = await selectRows(
    { db: prisma },
    StoredEntry,
    sql`
    SELECT entry_id AS "entryId", encode(sha256('\\x00'::bytea || entry.leaf), 'hex') AS hash,
      leaf_index::float8 AS position
    FROM ledger.entry LEFT JOIN ledger.leaf AS place USING (entry_id)
    WHERE entry_id = ANY(${ids}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.entryId, row]));
}

function describeLost(lost: readonly CopiedOptOut[]): Message[] {
  if (lost.length === 0) return [];
  const times = lost.map(({ acceptedAt }) => acceptedAt).toSorted();
  const named = lost.slice(0, MAX_NAMED).map(({ entryId }) => entryId);
  return [
    createMessage("ledger.copy-lost", {
      count: lost.length,
      from: times[0] ?? "",
      to: times.at(-1) ?? "",
      ids: [...named, ...(lost.length > MAX_NAMED ? ["…"] : [])].join(", "),
    }),
  ];
}

/** Loads the opt-outs at these positions of the log. The hash is computed from the entry as it is stored now. */
const loadOptOuts = (
  { prisma }: Pick<Db, "prisma">,
  from: number,
  end: number,
): Promise<CopiedOptOut[]> =>
  selectRows(
    { db: prisma },
    CopiedOptOut,
    sql`
    SELECT leaf_index::float8 AS position, entry_id AS "entryId", organization_id AS "organizationId",
      encode(sha256('\\x00'::bytea || entry.leaf), 'hex') AS hash,
      to_char(accepted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "acceptedAt"
    FROM ledger.leaf AS place JOIN ledger.entry AS entry USING (entry_id)
    WHERE place.log_id = ${LOG_ID} AND leaf_index >= ${BigInt(from)} AND leaf_index < ${BigInt(end)}
      AND kind = 'opt-out.recorded'
    ORDER BY leaf_index`,
  );

const endOfFile = (position: number) =>
  (Math.floor(position / POSITIONS_IN_FILE) + 1) * POSITIONS_IN_FILE;

const fileName = (position: number) =>
  `opt-outs-${String(Math.floor(position / POSITIONS_IN_FILE)).padStart(9, "0")}.txt`;

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

/** Reads all files of the copy in order, and reports lines that do not match their check value. */
function readCopy(folder: string): Copy {
  if (!existsSync(folder))
    return { lines: [], faults: [createMessage("ledger.copy-missing", { folder })] };
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
  return { lines, faults };
}

/** Appends lines to the file of a position, after removing a line that was cut off. */
function appendLines(folder: string, position: number, optOuts: readonly CopiedOptOut[]) {
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
}
