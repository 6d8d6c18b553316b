import { sql } from "kysely";
import { z } from "zod";
import {
  type FileContext,
  type FileName,
  type TransactionContext,
  appendAudit,
  command,
  createId,
  importFile,
  inTransaction,
  remarksFile,
  rewrittenFile,
  scrubFile,
  scrubResultFile,
  selectRows,
} from "../../../platform/internal.ts";
import { eraseFromBlockedList } from "./erase-from-blocked-list.ts";
import { eraseOrphanedEvidence } from "./orphaned-evidence.ts";
import { type ErasedRows, type TextReading, eraseRows } from "./erase-rows.ts";
import {
  type FileErasureState,
  type RowMatcher,
  isDoNotCallKind,
  loadRowMatcher,
} from "./match-rows.ts";
import { notImportedSql } from "./start-file-erasure.ts";
import { ImportId, ScrubId } from "@ringfence/core/ids";
import { ImportKind, Mapping } from "@ringfence/core/desk/import";
import { ScrubSettings } from "@ringfence/core/calling/scrub";
import { loadStatementNames, recordStatements } from "../../../proof/statement/internal.ts";

/**
 * Removes the rows of erased people from stored uploads, results and the blocked list, and erases
 * recordings and scans that no longer prove anything. Each file is replaced as a whole. Its SHA-256 before
 * and after go on the ledger, so that what a scrub stated about its result stays explicable. After a crash
 * it starts again. A file that a run still works on is left for the next time, and so is a file of opt-outs or
 * suppressions that was not imported yet. It does nothing while another worker does the same for the organization.
 */
export const eraseFromFiles = command({
  name: "eraseFromFiles",
  action: "person.erase-from-files",
  transaction: "by run",
  run: async (ctx: FileContext): Promise<void> => {
    const { organizationId, db } = ctx;
    const client = await db.pool.connect();
    const lock = `${organizationId}/file-erasure`;
    try {
      const { rows } = await client.query(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS "isOurs"',
        [lock],
      );
      if (!z.array(z.object({ isOurs: z.boolean() })).parse(rows)[0]?.isOurs) return;
      try {
        await eraseFromAllFiles(ctx);
      } finally {
        await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [lock]);
      }
    } finally {
      client.release();
    }
  },
  // A row for each erasure that is completed, if files lost rows (`recordErasedRows`).
  audit: "by run",
});

async function eraseFromAllFiles(ctx: FileContext) {
  await eraseOrphanedEvidence(ctx);
  await eraseFromUploads(ctx, "pending");
  await eraseFromUploads(ctx, "completed");
}

/**
 * Removes the rows of people whose erasure is pending from all files of scrubs and imports. For completed erasures, only
 * files of opt-outs and suppressions are left: those that were imported since.
 */
async function eraseFromUploads(ctx: FileContext, state: FileErasureState) {
  const matches = await inTransaction(ctx, (ctx) =>
    loadRowMatcher(ctx, ctx.db, ctx.organizationId, state),
  );
  if (matches === null) return;
  const { at, since, subjects, erasureIds } = await inTransaction(ctx, (ctx) =>
    loadUploads(ctx, state),
  );
  for (const subject of subjects) {
    const { importKind, importedAt } = subject;
    const isDoNotCall = importKind !== null && isDoNotCallKind(importKind);
    const isDue =
      state === "pending"
        ? !isDoNotCall || importedAt !== null
        : isDoNotCall && importedAt !== null && importedAt > since;
    if (subject.isOpen || !isDue) continue;
    for (const file of listStoredFiles(ctx, subject)) await eraseFromFile(ctx, file, matches);
  }
  if (state === "pending") await eraseFromBlockedList(ctx, matches);
  await inTransaction(ctx, (ctx) => completeFileErasures(ctx, { at, erasureIds }));
}

/**
 * Records what a file loses before rewriting it. After a crash, the same file gives the same result and the
 * same row.
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
  const key = { organizationId, subjectId, file, attempt };
  const replaced = {
    beforeSha256: new Uint8Array(hashes.before),
    afterSha256: new Uint8Array(hashes.after),
  };
  await inTransaction(ctx, async ({ db, now: at }) => {
    // Replaces what a killed worker wrote about the same file, because more people may have been erased
    // since.
    await db.erasedFileRows.deleteMany({ where: { ...key, beforeSha256: replaced.beforeSha256 } });
    await db.erasedFileRows.createMany({
      data: Array.from(erased.rows, ([erasureId, rows]) => ({
        ...key,
        ...replaced,
        erasureId,
        rows,
        at,
      })),
    });
  });
  await files.replace(name, rewritten);
}

const StoredUpload = z.object({
  id: z.string(),
  kind: z.enum(["scrub", "import"]),
  /** Null for a scrub. */
  importKind: ImportKind.nullable(),
  settings: z.unknown(),
  region: z.string(),
  attempts: z.number(),
  /** True while a run is queued or running. */
  isOpen: z.boolean(),
  /** When the last run ended that imported it, dry runs apart. */
  importedAt: z.date().nullable(),
});
type StoredUpload = z.infer<typeof StoredUpload>;

/**
 * Loads the erasures of a state that have marks, and the scrubs and imports that existed at the last of them. `since`
 * is when the first of them was completed (1970 if they are pending), and `at` the time of reading.
 */
async function loadUploads(
  { db, organizationId, now }: TransactionContext,
  state: FileErasureState,
) {
  const erasures = await db.fileErasure.findMany({
    where: {
      organizationId,
      ...(state === "pending"
        ? { endedAt: null }
        : { endedAt: { not: null }, marks: { some: {} } }),
    },
    select: { id: true, createdAt: true, endedAt: true },
  });
  const until = new Date(Math.max(...erasures.map(({ createdAt }) => createdAt.getTime())));
  const since = new Date(Math.min(...erasures.map(({ endedAt }) => endedAt?.getTime() ?? 0)));
  const subjects = await selectRows(
    { db },
    StoredUpload,
    sql`
    SELECT subject.id, kind, "importKind", settings, home_region AS region,
      coalesce((SELECT max(attempt) FROM run
        WHERE run.organization_id = ${organizationId}::uuid AND subject_id = subject.id), 0) AS attempts,
      EXISTS (SELECT FROM run
        WHERE run.organization_id = ${organizationId}::uuid AND subject_id = subject.id
          AND status IN ('queued', 'running')) AS "isOpen",
      (SELECT max(ended_at) FROM run
        WHERE run.organization_id = ${organizationId}::uuid AND subject_id = subject.id
          AND status = 'done' AND outcome->>'isDryRun' = 'false') AS "importedAt"
    FROM (
      SELECT id, 'scrub' AS kind, NULL AS "importKind", settings, created_at FROM scrub
      WHERE organization_id = ${organizationId}::uuid
      UNION ALL SELECT id, 'import', kind, mapping, created_at FROM import
      WHERE organization_id = ${organizationId}::uuid
    ) AS subject, organization
    WHERE organization.id = ${organizationId}::uuid AND created_at <= ${until}
    ORDER BY subject.id`,
  );
  return { at: now, since, subjects, erasureIds: erasures.map(({ id }) => id) };
}

type StoredFile = {
  name: FileName;
  subjectId: string;
  file: "scrub_upload" | "scrub_result" | "import_upload" | "import_remarks";
  attempt: number;
  reading: TextReading;
};

/** Lists the files of a scrub or import, and how each is to be read. */
function listStoredFiles(
  { organizationId }: Pick<FileContext, "organizationId">,
  subject: StoredUpload,
): StoredFile[] {
  const attempts = Array.from({ length: subject.attempts }, (_, at) => at + 1);
  const { id: subjectId } = subject;
  if (subject.kind === "scrub") {
    const { region = subject.region } = ScrubSettings.parse(subject.settings);
    const known = { encoding: null, delimiter: null, keepsLines: false };
    const reading = { ...known, region, idColumns: [] };
    const id = ScrubId.parse(subject.id);
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
  // Rows are identified by line number, so that importing the file again changes nothing.
  const reading = { encoding, delimiter, region, idColumns, keepsLines: true };
  const remarks = { ...reading, encoding: "utf-8", keepsLines: false } as const;
  const id = ImportId.parse(subject.id);
  return [
    { name: importFile(organizationId, id), subjectId, file: "import_upload", attempt: 0, reading },
    ...attempts.map((attempt) => ({
      name: remarksFile(organizationId, id, attempt),
      ...({ subjectId, file: "import_remarks", attempt, reading: remarks } as const),
    })),
  ];
}

type ReadErasures = { at: Date; erasureIds: readonly string[] };

/**
 * Completes erasures whose files were all read after their last run ended. The others are read again. Their marks are
 * kept while a file of opt-outs or suppressions waits for its import, whose rows must go after that.
 */
async function completeFileErasures(ctx: TransactionContext, { at, erasureIds }: ReadErasures) {
  const { db, organizationId, now } = ctx;
  const rows = await selectRows(
    { db },
    z.object({ id: z.string(), endedAt: z.date().nullable(), actId: z.string().nullable() }),
    sql`
    SELECT id, ended_at AS "endedAt", act_id AS "actId" FROM file_erasure AS erasure
    WHERE organization_id = ${organizationId}::uuid
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
    ORDER BY id`,
  );
  for (const { id, endedAt, actId: firstActId } of rows) {
    const actId = await recordErasedRows(ctx, id, endedAt);
    await db.fileErasure.update({
      where: { organizationId_id: { organizationId, id } },
      data: { endedAt: now, actId: firstActId ?? actId },
    });
  }
  // Only of these: a file that another erasure waits for may have been imported while this pass ran.
  await sql`
    DELETE FROM file_erasure_mark USING file_erasure AS erasure
    WHERE file_erasure_mark.organization_id = ${organizationId}::uuid
      AND erasure.organization_id = file_erasure_mark.organization_id AND erasure.id = erasure_id
      AND erasure.id = ANY (${rows.map(({ id }) => id)}::uuid[]) AND NOT EXISTS (
        SELECT FROM import
        WHERE import.organization_id = erasure.organization_id
          AND import.created_at <= erasure.created_at AND ${notImportedSql})`.execute(db.$kysely);
}

/**
 * Records on the ledger the hashes of each file that lost rows of this person, before and after: of all files, or of
 * those that lost them after an earlier record.
 */
async function recordErasedRows(
  ctx: TransactionContext,
  erasureId: string,
  since: Date | null,
): Promise<string | null> {
  const { db, organizationId, now } = ctx;
  const rows = await db.erasedFileRows.findMany({
    where: { organizationId, erasureId, ...(since && { at: { gt: since } }) },
    orderBy: [{ subjectId: "asc" }, { file: "asc" }, { attempt: "asc" }, { at: "asc" }],
  });
  if (rows.length === 0) return null;
  const id = await createId(ctx, z.uuid());
  const files = rows.map(({ subjectId, file, beforeSha256, afterSha256, rows }) => ({
    id: subjectId,
    file,
    rows,
    before: Buffer.from(beforeSha256).toString("hex"),
    after: Buffer.from(afterSha256).toString("hex"),
  }));
  const { organization } = await loadStatementNames(ctx, []);
  const claims = { organization, erasure: erasureId, files, at: now.toISOString() };
  await recordStatements(ctx, "erasure", [{ subjectId: erasureId, about: id, claims }]);
  const count = rows.reduce((sum, { rows }) => sum + rows, 0);
  await appendAudit(ctx, "person.erase-from-files", { erasureId, files: rows.length, rows: count });
  return id;
}
