import { type ImportId, OrganizationId, type ScrubId } from "@ringfence/core/ids";
import { type ImportKind, Mapping } from "@ringfence/core/import";
import { ScrubSettings } from "@ringfence/core/scrub";
import type { Db } from "@ringfence/db";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { type FileContext, inTransaction, type TransactionContext } from "../context.ts";
import {
  type FileName,
  importFile,
  remarksFile,
  rewrittenFile,
  scrubFile,
  scrubResultFile,
} from "../files/index.ts";
import { freshIds } from "../fresh-ids.ts";
import { holdKeys } from "../keys/key-rows.ts";
import { putStatements } from "../statement/put-statements.ts";
import { statedWorld } from "../statement/stated-world.ts";
import { type ErasedRows, eraseRows, type TextReading } from "./erase-rows.ts";
import {
  isOfRefusals,
  loadRowMatcher,
  type MarkedPerson,
  markPerson,
  type RowMatcher,
} from "./row-marks.ts";

/**
 * Lets a worker take the rows of a person out of uploads and results, in the transaction in which they are
 * erased: by keyed hashes, for afterwards nothing says any more what they were called.
 */
export async function startFileErasure(
  ctx: TransactionContext,
  erasureId: string,
  person: MarkedPerson,
) {
  const { db, keys, organizationId, now } = ctx;
  const generation = await holdKeys(db);
  const marks = markPerson(await keys.phoneSecret(organizationId, generation), person);
  if (marks.length === 0) return;
  const whose = { organizationId, erasureId };
  await db.fileErasure.create({
    data: { organizationId, id: erasureId, keyGeneration: generation, createdAt: now },
  });
  await db.fileErasureMark.createMany({
    data: marks.map((mark) => ({ ...whose, ...mark })),
    skipDuplicates: true,
  });
  await queue(db, organizationId);
}

const queue = (db: Pick<Db["prisma"], "$executeRaw">, organizationId: OrganizationId) =>
  db.$executeRaw`
    SELECT graphile_worker.add_job('erasure.files',
      json_build_object('organizationId', ${organizationId}::uuid),
      job_key := 'erasure.files ' || ${organizationId}::uuid)`;

/** Queues what is still to go from files. Crosses organizations, which only the sweep may do. */
export async function reviveFileErasures({ prisma }: Db): Promise<void> {
  const rows = await prisma.$queryRaw<{ organizationId: string }[]>`
    SELECT DISTINCT organization_id AS "organizationId" FROM file_erasure WHERE ended_at IS NULL`;
  for (const { organizationId } of rows) await queue(prisma, OrganizationId.parse(organizationId));
}

/**
 * Takes the rows of erased people out of stored uploads and results. Each file is replaced as a whole, and
 * its SHA-256 before and after go on the ledger, so that what a scrub stated of its result stays explained.
 * Whoever is killed begins again. A file on which a run still works is left for the next time.
 */
export async function eraseFromFiles(ctx: FileContext): Promise<void> {
  allow(ctx, "person.erase-from-files");

  const { organizationId, db } = ctx;
  const client = await db.pool.connect();
  const lock = `${organizationId}/file-erasure`;
  try {
    const { rows } = await client.query<{ isOurs: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS "isOurs"',
      [lock],
    );
    if (!rows[0]?.isOurs) return;
    try {
      await eraseOnce(ctx);
    } finally {
      await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [lock]);
    }
  } finally {
    client.release();
  }
}

async function eraseOnce(ctx: FileContext) {
  const matches = await loadRowMatcher(ctx, ctx.db.prisma, ctx.organizationId);
  if (matches === null) return;
  const { at, subjects, erasureIds } = await inTransaction(ctx, loadSubjects);
  for (const subject of subjects) {
    const isStillNeeded = subject.of !== null && isOfRefusals(subject.of) && !subject.isImported;
    if (subject.isOpen || isStillNeeded) continue;
    for (const file of filesOf(ctx, subject)) await eraseFromFile(ctx, file, matches);
  }
  await inTransaction(ctx, (ctx) => endErasures(ctx, { at, erasureIds }));
}

type Subject = {
  id: string;
  kind: "scrub" | "import";
  /** Of an import, what its file tells of. */
  of: ImportKind | null;
  settings: unknown;
  region: string;
  attempts: number;
  /** A run waits or works on it. */
  isOpen: boolean;
  isImported: boolean;
};

/** Scrubs and imports that were there when the last of these people was erased. */
async function loadSubjects({ db, organizationId, now }: TransactionContext) {
  const pending = await db.fileErasure.findMany({
    where: { organizationId, endedAt: null },
    select: { id: true, createdAt: true },
  });
  const until = new Date(Math.max(...pending.map(({ createdAt }) => createdAt.getTime())));
  const subjects = await db.$queryRaw<Subject[]>`
    SELECT subject.id, kind, "of", settings, home_region AS region,
      coalesce((SELECT max(attempt) FROM run
        WHERE run.organization_id = ${organizationId}::uuid AND subject_id = subject.id), 0) AS attempts,
      EXISTS (SELECT FROM run
        WHERE run.organization_id = ${organizationId}::uuid AND subject_id = subject.id
          AND status IN ('queued', 'running')) AS "isOpen",
      EXISTS (SELECT FROM run
        WHERE run.organization_id = ${organizationId}::uuid AND subject_id = subject.id
          AND status = 'done' AND outcome->>'isDryRun' = 'false') AS "isImported"
    FROM (
      SELECT id, 'scrub' AS kind, NULL AS "of", settings, created_at FROM scrub
      WHERE organization_id = ${organizationId}::uuid
      UNION ALL SELECT id, 'import', kind, mapping, created_at FROM import
      WHERE organization_id = ${organizationId}::uuid
    ) AS subject, organization
    WHERE organization.id = ${organizationId}::uuid AND created_at <= ${until}
    ORDER BY subject.id`;
  return { at: now, subjects, erasureIds: pending.map(({ id }) => id) };
}

type StoredFile = {
  name: FileName;
  subjectId: string;
  file: "scrub_upload" | "scrub_result" | "import_upload" | "import_remarks";
  attempt: number;
  reading: TextReading;
};

function filesOf({ organizationId }: FileContext, subject: Subject): StoredFile[] {
  const attempts = Array.from({ length: subject.attempts }, (_, at) => at + 1);
  const { id: subjectId } = subject;
  if (subject.kind === "scrub") {
    const { region = subject.region } = ScrubSettings.parse(subject.settings);
    const known = { encoding: null, delimiter: null, keepsLines: false };
    const reading = { ...known, region, idColumns: [] };
    const id = subject.id as ScrubId;
    return [
      { name: scrubFile(organizationId, id), subjectId, file: "scrub_upload", attempt: 0, reading },
      ...attempts.map((attempt) => ({
        name: scrubResultFile(organizationId, id, attempt),
        ...({ subjectId, file: "scrub_result", attempt, reading } as const),
      })),
    ];
  }
  const { encoding, delimiter, columns, region } = Mapping.parse(subject.settings);
  const idColumns = columns.flatMap((field, at) => (field === "externalId" ? [at] : []));
  // Rows are known by their numbers, so that a file that is imported again changes nothing.
  const reading = { encoding, delimiter, region, idColumns, keepsLines: true };
  const remarks = { ...reading, encoding: "utf-8", keepsLines: false } as const;
  const id = subject.id as ImportId;
  return [
    { name: importFile(organizationId, id), subjectId, file: "import_upload", attempt: 0, reading },
    ...attempts.map((attempt) => ({
      name: remarksFile(organizationId, id, attempt),
      ...({ subjectId, file: "import_remarks", attempt, reading: remarks } as const),
    })),
  ];
}

/**
 * Puts on record what a file loses before it loses it: whoever is killed in between begins with the same
 * file, finds the same, and writes the same row.
 */
async function eraseFromFile(ctx: FileContext, stored: StoredFile, matches: RowMatcher) {
  const { files, organizationId } = ctx;
  const { name, subjectId, file, attempt, reading } = stored;
  await files.eraseDraft(name);
  if (!(await files.has(name))) return;
  const found: ErasedRows = { rows: new Map(), hashes: null };
  for await (const _ of eraseRows(files.read(name), matches, reading, found));
  if (found.rows.size === 0) return;

  const erased: ErasedRows = { rows: new Map(), hashes: null };
  const rewritten = rewrittenFile(name);
  await files.write(rewritten, eraseRows(files.read(name), matches, reading, erased));
  const { hashes } = erased;
  if (hashes === null) throw new Error("a file was rewritten without its hashes");
  await inTransaction(ctx, async ({ db, now }) => {
    for (const [erasureId, rows] of erased.rows) {
      const key = { organizationId, erasureId, subjectId, file, attempt };
      const beforeSha256 = new Uint8Array(hashes.before);
      const said = { afterSha256: new Uint8Array(hashes.after), rows, at: now };
      await db.erasedFileRows.upsert({
        where: {
          organizationId_erasureId_subjectId_file_attempt_beforeSha256: { ...key, beforeSha256 },
        },
        create: { ...key, beforeSha256, ...said },
        update: said,
      });
    }
  });
  await files.replace(name, rewritten);
}

type Ended = { at: Date; erasureIds: readonly string[] };

/** Ends the erasures whose files were all read since their last run ended; the others are read again. */
async function endErasures(ctx: TransactionContext, { at, erasureIds }: Ended) {
  const { db, organizationId, now } = ctx;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM file_erasure AS erasure
    WHERE organization_id = ${organizationId}::uuid AND ended_at IS NULL
      AND id = ANY (${erasureIds}::uuid[]) AND NOT EXISTS (
        SELECT FROM run
        WHERE run.organization_id = erasure.organization_id AND job IN ('scrub.run', 'import.run')
          AND (status IN ('queued', 'running') OR ended_at >= ${at})
          AND subject_id IN (
            SELECT id FROM scrub
            WHERE scrub.organization_id = erasure.organization_id
              AND scrub.created_at <= erasure.created_at
            UNION ALL SELECT id FROM import
            WHERE import.organization_id = erasure.organization_id
              AND import.created_at <= erasure.created_at))
    ORDER BY id`;
  for (const { id } of rows) {
    const actId = await stateErasedRows(ctx, id);
    await db.fileErasureMark.deleteMany({ where: { organizationId, erasureId: id } });
    await db.fileErasure.update({
      where: { organizationId_id: { organizationId, id } },
      data: { endedAt: now, actId },
    });
  }
}

/** States of each file what it was and is, where it lost rows of this person. */
async function stateErasedRows(ctx: TransactionContext, erasureId: string): Promise<string | null> {
  const { db, organizationId, now } = ctx;
  const rows = await db.erasedFileRows.findMany({
    where: { organizationId, erasureId },
    orderBy: [{ subjectId: "asc" }, { file: "asc" }, { attempt: "asc" }, { at: "asc" }],
  });
  if (rows.length === 0) return null;
  const [id] = await freshIds(ctx, 1);
  if (!id) throw new Error("an act got no id");
  const files = rows.map(({ subjectId, file, beforeSha256, afterSha256, rows }) => ({
    id: subjectId,
    file,
    rows,
    before: Buffer.from(beforeSha256).toString("hex"),
    after: Buffer.from(afterSha256).toString("hex"),
  }));
  const { organization } = await statedWorld(ctx, []);
  const claims = { organization, erasure: erasureId, files, at: now.toISOString() };
  await putStatements(ctx, "erasure", [{ subjectId: erasureId, about: id, claims }]);
  const count = rows.reduce((sum, { rows }) => sum + rows, 0);
  await appendAudit(ctx, "person.erase-from-files", { erasureId, files: rows.length, rows: count });
  return id;
}
