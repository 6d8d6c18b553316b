import { command } from "../../platform/verb.ts";
import { type FileContext, inTransaction } from "../../platform/context.ts";
import { rewrittenFile } from "../../platform/files/index.ts";
import { endFileErasures } from "./end-file-erasures.ts";
import { eraseFromBlockedList } from "./erase-from-blocked-list.ts";
import { eraseOrphanedEvidence } from "./erase-orphaned-evidence.ts";
import { type ErasedRows, eraseRows } from "./erase-rows.ts";
import { isOfRefusals, loadRowMatcher, type RowMatcher } from "./row-marks.ts";
import { listStoredFiles, loadSubjects, type StoredFile } from "./stored-files.ts";

/**
 * Takes the rows of erased people out of stored uploads and results, and out of the blocked list, and erases
 * recordings and scans that prove nothing any more. Each file of rows is replaced as a whole, and
 * its SHA-256 before and after go on the ledger, so that what a scrub stated of its result stays explained.
 * Whoever is killed begins again. A file on which a run still works is left for the next time.
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
  },
  audit: "by run",
});

async function eraseOnce(ctx: FileContext) {
  await eraseOrphanedEvidence(ctx);
  const matches = await loadRowMatcher(ctx, ctx.db.prisma, ctx.organizationId);
  if (matches === null) return;
  const { at, subjects, erasureIds } = await inTransaction(ctx, loadSubjects);
  for (const subject of subjects) {
    const isStillNeeded = subject.of !== null && isOfRefusals(subject.of) && !subject.isImported;
    if (subject.isOpen || isStillNeeded) continue;
    for (const file of listStoredFiles(ctx, subject)) await eraseFromFile(ctx, file, matches);
  }
  await eraseFromBlockedList(ctx, matches);
  await inTransaction(ctx, (ctx) => endFileErasures(ctx, { at, erasureIds }));
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
  const key = { organizationId, subjectId, file, attempt };
  const said = {
    beforeSha256: new Uint8Array(hashes.before),
    afterSha256: new Uint8Array(hashes.after),
  };
  await inTransaction(ctx, async ({ db, now: at }) => {
    // What a killed worker wrote of the same file is said anew: others may have been erased since.
    await db.erasedFileRows.deleteMany({ where: { ...key, beforeSha256: said.beforeSha256 } });
    await db.erasedFileRows.createMany({
      data: Array.from(erased.rows, ([erasureId, rows]) => ({
        ...key,
        ...said,
        erasureId,
        rows,
        at,
      })),
    });
  });
  await files.replace(name, rewritten);
}
