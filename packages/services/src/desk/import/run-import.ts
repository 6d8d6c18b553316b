import {
  type FileContext,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  functionInput,
  importFile,
  inTransaction,
  remarksFile,
  startRun,
} from "../../platform/internal.ts";
import { z } from "zod";
import { ImportId, type RunId } from "@ringfence/core/ids";
import {
  type ImportCounts,
  type ImportOutcome,
  StartImport,
  countOutcomes,
  emptyCounts,
  findMappingFault,
  formatRemarkHeader,
  formatRemarkLine,
} from "@ringfence/core/desk/import";
import { assertDailyRowsLeft } from "../../account/organization/internal.ts";
import { type StoredImport, assertMayImport, dryRun, loadImport } from "./import.ts";
import type { RunProgress } from "@ringfence/core/platform/run";
import { saveRows } from "./save-rows.ts";
import { type TableRow, readBatches } from "./read-table.ts";

/**
 * Queues an import with a mapping, which is stored. It may be repeated: rows that were saved before change nothing.
 * Throws `conflict` while a run of the import is queued or running.
 */
export const startImport = command({
  name: "startImport",
  action: "import.run",
  input: StartImport,
  run: async (ctx, { id, mapping, isDryRun }): Promise<{ runId: RunId }> => {
    const { db, organizationId } = ctx;
    const { kind } = await loadImport(ctx, id);
    assertMayImport(ctx, kind);
    const fault = findMappingFault(kind, mapping);
    if (fault) throw new ServiceError("invalid", fault, "/mapping");
    await assertDailyRowsLeft(ctx, kind);

    const { runId, isNew } = await startRun(ctx, "import.run", id);
    if (!isNew) throw new ServiceError("conflict", { key: "import.running" });
    await db.import.updateMany({ where: { organizationId, id }, data: { mapping, isDryRun } });
    return { runId };
  },
  audit: (_, { id: importId, isDryRun }) => ({ importId, isDryRun }),
});

/** What a run of an import is given. `attempt` is the number of the claim of its run, from 1. */
export const ImportWork = z.strictObject({
  importId: ImportId,
  /** Names the file of remarks, so that attempts that overlap write different files. */
  attempt: z.int(),
  /** Called after each batch. An error that it throws stops the import. */
  onProgress: functionInput<(progress: RunProgress) => void | Promise<void>>(),
});
export type ImportWork = z.infer<typeof ImportWork>;

export type ImportResult = ImportCounts & { isDryRun: boolean; attempt: number };

/**
 * Imports a file with the stored mapping, batch by batch, each in a transaction of its own. After a crash it starts
 * again from the first row: rows that are on record stay as they are. Rows with remarks are written to a file. A dry
 * run rolls each batch back, so a batch does not see what an earlier one would have saved.
 */
export const runImport = command({
  name: "runImport",
  action: "import.run",
  input: ImportWork,
  transaction: "by run",
  run: async (ctx: FileContext, work: ImportWork): Promise<ImportResult> => {
    const { files, organizationId, actor } = ctx;
    const { importId, attempt } = work;
    const stored = await inTransaction(ctx, (ctx) => loadImport(ctx, importId));
    assertMayImport(ctx, stored.kind);
    // Rows record which import they come from.
    const recordedActor = actor.type === "job" ? { ...actor, subjectId: importId } : actor;
    const tally = { counts: emptyCounts };
    const remarks = importRows({ ...ctx, actor: recordedActor }, stored, { ...work, tally });
    await files.write(remarksFile(organizationId, importId, attempt), remarks);

    // Files of killed attempts are incomplete.
    for (let earlier = 1; earlier < attempt; earlier++) {
      await files.erase(remarksFile(organizationId, importId, earlier));
    }
    return { ...tally.counts, isDryRun: stored.isDryRun, attempt };
  },
  // A row for each batch, in the transaction that saves it. A dry run rolls it back.
  audit: "by run",
});

type TalliedWork = ImportWork & { tally: { counts: ImportCounts } };

const BYTE_ORDER_MARK = "\uFEFF";

/** Saves the rows batch by batch, and yields the lines of the file of remarks. */
async function* importRows(
  ctx: FileContext,
  stored: StoredImport,
  { importId, tally, onProgress }: TalliedWork,
): AsyncGenerator<Uint8Array> {
  const { mapping, bytes: totalBytes } = stored;
  const encoder = new TextEncoder();
  let hasHeader = false;
  const content = ctx.files.read(importFile(ctx.organizationId, importId));
  for await (const batch of readBatches(content, mapping)) {
    if (!hasHeader) {
      yield encoder.encode(BYTE_ORDER_MARK + formatRemarkHeader(mapping, batch.header));
    }
    hasHeader = true;
    const outcomes = await saveBatch(ctx, stored, importId, batch.rows);
    tally.counts = countOutcomes(tally.counts, outcomes);
    await onProgress({ rows: tally.counts.rows, bytes: batch.bytes, totalBytes });

    const cells = new Map(batch.rows.map((row) => [row.line, row.cells]));
    const remarked = outcomes.filter(({ remarks }) => remarks.length > 0);
    const lines = remarked.map((outcome) =>
      formatRemarkLine(mapping, batch.header, cells.get(outcome.line) ?? [], outcome),
    );
    yield encoder.encode(lines.join(""));
  }
}

const TIMEOUT_MS = 60_000;

/** Saves a batch in one transaction, which a dry run rolls back. */
async function saveBatch(
  ctx: FileContext,
  { kind, mapping, isDryRun }: StoredImport,
  importId: ImportId,
  rows: readonly TableRow[],
): Promise<ImportOutcome[]> {
  if (rows.length === 0) return [];
  const save = async (ctx: TransactionContext) => {
    const outcomes = await saveRows(ctx, kind, rows, { importId, mapping });
    const { rejected, created, updated } = countOutcomes(emptyCounts, outcomes);
    await appendAudit(ctx, "import.run", { importId, kind, created, updated, rejected });
    return outcomes;
  };
  return (isDryRun ? dryRun : inTransaction)(ctx, save, { timeoutMs: TIMEOUT_MS });
}
