import { sql } from "kysely";
import { z } from "zod";
import {
  type Message,
  StoredMessage,
  createMessage,
  fromStoredMessage,
  toStoredMessage,
} from "@ringfence/core/platform/message";
import type { Db } from "@ringfence/db";
import { StartRefused, selectRow, selectRows } from "../../platform/internal.ts";
import { type CopiedOptOut, type CopyFiles, readCopy, writeCopyId } from "./copy-files.ts";
import { setTimeout as pause } from "node:timers/promises";

/*
 * A copy of which opt-outs exist is on another disk. A database that was restored to an earlier time lacks the latest of
 * them, so it is compared with the copy before anything serves it. One program compares, the one that has the folder, and
 * writes the result into the database. All programs read it there.
 */

const IDS_IN_QUERY = 10_000;

/** Ids that a message names at most; `lost` has all of them. */
const MAX_NAMED = 20;

export type OptOutComparison = {
  /** Number of opt-outs in the copy. */
  copied: number;
  /** Opt-outs in the copy that the database does not have, or has otherwise, and that were not recorded again. */
  lost: CopiedOptOut[];
  faults: Message[];
};

/** A comparison, and from where the copy has to be continued. */
export type ComparedCopy = OptOutComparison & {
  /** First position of the log whose opt-outs may not be in the copy. */
  next: number;
  entryIds: ReadonlySet<string>;
};

type Reader = Pick<Db, "prisma">;

/**
 * Finds the opt-outs of the copy that the database lacks, as after a restore to an earlier time. An empty folder is a
 * fault, because its disk may not be mounted. Changes nothing.
 */
export async function compareOptOuts(db: Reader, folder: string): Promise<OptOutComparison> {
  const files = readCopy(folder);
  const known = await findCopy(db);
  const isEmpty = files.lines.length === 0 && files.faults.length === 0 && !known;
  const { copied, lost, faults } = await compareFiles(db, folder, files, known);
  return {
    copied,
    lost,
    faults: isEmpty ? [createMessage("ledger.copy-empty", { folder })] : faults,
  };
}

/**
 * Compares the copy in a folder with the database, and records the result for all programs. If the database knows of no
 * copy yet, the one in the folder becomes its copy, also if it is still empty. Without a folder, there is a fault if the
 * database knows of a copy.
 */
export async function checkCopy(
  db: Reader,
  folder: string | undefined,
): Promise<ComparedCopy & { copyId: string | null }> {
  const known = await findCopy(db);
  if (folder === undefined) {
    const faults: Message[] = known ? [{ key: "ledger.copy-not-set" }] : [];
    if (known) await recordComparison(db, known.copyId, { copied: 0, lost: [], faults });
    const copyId = known?.copyId ?? null;
    return { copyId, copied: 0, lost: [], faults, next: 0, entryIds: new Set() };
  }
  const files = readCopy(folder);
  const compared = await compareFiles(db, folder, files, known);
  const isFolderThere = compared.faults.every(({ key }) => key !== "ledger.copy-missing");
  const copyId =
    known?.copyId ?? files.copyId ?? (isFolderThere ? await beginCopyId(db, folder) : null);
  if (copyId !== null) await recordComparison(db, copyId, compared);
  return { copyId, ...compared };
}

/**
 * Begins a new copy in an empty folder in place of the one before. `memberId` is the officer who accepts that opt-outs
 * which only the copy before names are lost. Returns what is wrong with the folder; null if the copy was begun.
 */
export async function replaceCopy(
  db: Reader,
  folder: string,
  memberId: string,
): Promise<Message | null> {
  const { copyId: found, lines, faults } = readCopy(folder);
  const [fault] = faults;
  if (fault) return fault;
  if (found !== null || lines.length > 0) return createMessage("ledger.copy-not-empty", { folder });
  const copyId = await beginCopyId(db, folder);
  await sql`
    INSERT INTO ledger.opt_out_copy (copy_id, begun_by, compared_database)
    VALUES (${copyId}::uuid, ${memberId}::uuid, ${await identifyDatabase(db)})`.execute(
    db.prisma.$kysely,
  );
  return null;
}

async function beginCopyId(db: Reader, folder: string): Promise<string> {
  const { id } = await selectRow(
    { db: db.prisma },
    z.object({ id: z.string() }),
    sql`SELECT gen_random_uuid() AS id`,
  );
  writeCopyId(folder, id);
  return id;
}

const KnownCopy = z.object({
  copyId: z.string(),
  copied: z.number(),
  comparedDatabase: z.string().nullable(),
  faults: z.array(StoredMessage),
  faultyDatabase: z.string().nullable(),
});
type KnownCopy = z.infer<typeof KnownCopy>;

/** Finds what the database knows of its copy; null if it has none, also if it has not been migrated that far. */
async function findCopy({ prisma }: Reader): Promise<KnownCopy | null> {
  const { isThere } = await selectRow(
    { db: prisma },
    z.object({ isThere: z.boolean() }),
    sql`SELECT to_regclass('ledger.opt_out_copy') IS NOT NULL AS is_there`,
  );
  if (!isThere) return null;
  const [known] = await selectRows(
    { db: prisma },
    KnownCopy,
    sql`
    SELECT copy_id, copied::float8, compared_database, faults, faulty_database
    FROM ledger.opt_out_copy ORDER BY begun_at DESC LIMIT 1`,
  );
  return known ?? null;
}

/**
 * Returns a text that is another one after each restore: when the server started, which database it is, and which files
 * two of its tables have. A restore from a base backup starts the server, and one from a dump makes the tables anew. A
 * server that is promoted in place of another has another text too.
 */
export async function identifyDatabase({ prisma }: Reader): Promise<string> {
  const { database } = await selectRow(
    { db: prisma },
    z.object({ database: z.string() }),
    sql`
    SELECT concat_ws(' ', extract(epoch FROM pg_postmaster_start_time()),
      (SELECT oid FROM pg_database WHERE datname = current_database()), pg_is_in_recovery(),
      'ledger.opt_out_copy'::regclass::oid, 'ledger.entry'::regclass::oid,
      pg_relation_filenode('ledger.entry')) AS database`,
  );
  return database;
}

async function compareFiles(
  db: Reader,
  folder: string,
  { copyId, lines, faults }: CopyFiles,
  known: KnownCopy | null,
): Promise<ComparedCopy> {
  const compared = await compareLines(db, lines);
  const own = [...faults];
  const isMissing = faults.some(({ key }) => key === "ledger.copy-missing");
  if (known && !isMissing) {
    if (copyId !== known.copyId) own.push(createMessage("ledger.copy-other", { folder }));
    else if (lines.length < known.copied && faults.length === 0)
      own.push(
        createMessage("ledger.copy-short", { folder, known: known.copied, found: lines.length }),
      );
  }
  return { ...compared, faults: [...own, ...describeLost(compared.lost, folder)] };
}

const StoredEntry = z.object({
  entryId: z.string(),
  hash: z.string().nullable(),
  /** Null while the entry waits for its position. */
  position: z.number().nullable(),
  isRecovered: z.boolean(),
});

/**
 * Compares by statement and not by position: an entry that waited for its position at the time to which the database
 * was restored is not lost, and may get another.
 */
async function compareLines(
  db: Reader,
  lines: readonly CopiedOptOut[],
): Promise<Omit<ComparedCopy, "faults">> {
  const lost: CopiedOptOut[] = [];
  let next = 0;
  let isUnmoved = true;
  for (let from = 0; from < lines.length; from += IDS_IN_QUERY) {
    const page = lines.slice(from, from + IDS_IN_QUERY);
    const stored = await loadEntries(db, page);
    for (const line of page) {
      const entry = stored.get(line.entryId);
      if (entry?.hash !== line.hash && !entry?.isRecovered) lost.push(line);
      isUnmoved &&= entry?.position === line.position;
      if (isUnmoved) next = line.position + 1;
    }
  }
  const entryIds = new Set(lines.map(({ entryId }) => entryId));
  return { copied: lines.length, lost, next, entryIds };
}

async function loadEntries({ prisma }: Reader, lines: readonly CopiedOptOut[]) {
  const ids = lines.map(({ entryId }) => entryId);
  const rows = await selectRows(
    { db: prisma },
    StoredEntry,
    sql`
    SELECT sent.entry_id AS "entryId", encode(sha256('\\x00'::bytea || entry.leaf), 'hex') AS hash,
      leaf_index::float8 AS position, recovered.entry_id IS NOT NULL AS "isRecovered"
    FROM unnest(${ids}::uuid[]) AS sent (entry_id)
    LEFT JOIN ledger.entry AS entry USING (entry_id)
    LEFT JOIN ledger.leaf AS place USING (entry_id)
    LEFT JOIN ledger.recovered_opt_out AS recovered USING (entry_id)`,
  );
  return new Map(rows.map((row) => [row.entryId, row]));
}

const toSecond = (time = "") => time.replace(/\.\d+Z$/, "Z");

function describeLost(lost: readonly CopiedOptOut[], folder: string): Message[] {
  if (lost.length === 0) return [];
  const times = lost.map(({ acceptedAt }) => acceptedAt).toSorted();
  const named = lost.slice(0, MAX_NAMED).map(({ entryId }) => entryId);
  return [
    createMessage("ledger.copy-lost", {
      count: lost.length,
      from: toSecond(times[0]),
      to: toSecond(times.at(-1)),
      folder,
      ids: [...named, ...(lost.length > MAX_NAMED ? ["…"] : [])].join(", "),
    }),
  ];
}

/**
 * Records a comparison. Once all opt-outs were found in a running database, it stays good for that database while the
 * folder is away or damaged; only a loss ends that.
 */
async function recordComparison(
  db: Reader,
  copyId: string,
  { copied, lost, faults }: OptOutComparison,
) {
  const database = await identifyDatabase(db);
  const isGood = faults.length === 0;
  const stored = JSON.stringify(faults.map(toStoredMessage));
  await sql`
    INSERT INTO ledger.opt_out_copy AS known (copy_id, copied, compared_database, faults, faulty_database)
    VALUES (${copyId}::uuid, ${isGood ? copied : 0}, ${isGood ? database : null}, ${stored}::jsonb,
      ${isGood ? null : database})
    ON CONFLICT (copy_id) DO UPDATE SET
      copied = greatest(known.copied, excluded.copied),
      compared_database = CASE
        WHEN ${isGood} THEN excluded.compared_database
        WHEN ${lost.length > 0} THEN NULL
        ELSE known.compared_database END,
      faults = excluded.faults,
      faulty_database = excluded.faulty_database`.execute(db.prisma.$kysely);
}

/** Notes how many opt-outs are in the files of the copy. */
export const recordCopied = ({ prisma }: Reader, copyId: string, copied: number) =>
  sql`
    UPDATE ledger.opt_out_copy SET copied = ${copied} WHERE copy_id = ${copyId}::uuid`.execute(
    prisma.$kysely,
  );

/**
 * Finds why this database must not be served: opt-outs of its copy are lost, or it has not been compared with the copy
 * since it was started or restored. Empty if it has no copy, or has all opt-outs of it.
 */
export async function findCopyFaults(db: Reader): Promise<Message[]> {
  const known = await findCopy(db);
  if (known === null) return [];
  const database = await identifyDatabase(db);
  if (known.comparedDatabase === database) return [];
  return known.faultyDatabase === database && known.faults.length > 0
    ? known.faults.map(fromStoredMessage)
    : [{ key: "ledger.copy-not-compared" }];
}

const TRIES = 60;
const PAUSE_MS = 500;

/**
 * Makes sure that this database may be served, as every program does when it starts. Waits up to half a minute for the
 * program that compares. @throws StartRefused with the reasons
 */
export async function assertNoLostOptOuts(db: Reader) {
  for (let attempt = 1; ; attempt++) {
    const faults = await findCopyFaults(db);
    if (faults.length === 0) return;
    const isWaiting = faults.every(({ key }) => key === "ledger.copy-not-compared");
    if (!isWaiting || attempt === TRIES) throw new StartRefused(faults);
    await pause(PAUSE_MS);
  }
}

const EVERY_MS = 1_000;

/**
 * Watches a running program's database: `onLoss` gets the reasons once it lacks opt-outs of its copy, as when it was
 * restored meanwhile. A database that does not answer is no reason.
 */
export function watchForLostOptOuts(db: Reader, onLoss: (error: StartRefused) => void) {
  const look = async () => {
    const faults = await findCopyFaults(db).catch(() => []);
    if (faults.some(({ key }) => key !== "ledger.copy-not-compared"))
      onLoss(new StartRefused(faults));
  };
  setInterval(() => void look(), EVERY_MS).unref();
}
