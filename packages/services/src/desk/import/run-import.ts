import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ImportId, RunId } from "@ringfence/core/ids";
import {
  type ImportCounts,
  type ImportKind,
  type ImportOutcome,
  type Mapping,
  countOutcomes,
  mappingFault,
  noRows,
  remarkHeader,
  remarkLine,
} from "@ringfence/core/desk/import";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { startRun } from "../../platform/run/index.ts";
import { type KnownImport, allowKind, requireImport } from "./import.ts";
import type { RunProgress } from "@ringfence/core/platform/run";
import {
  type FileContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { importFile, remarksFile } from "../../platform/files/index.ts";
import { isOfRefusals, loadRowMatcher } from "../erasure/files/match-rows.ts";
import { shareLock } from "../../platform/lock/hold-lock.ts";
import { putRows } from "./save-rows.ts";
import { type TableRow, readBatches } from "./read-table.ts";
import { rehearse } from "./rehearse.ts";

/** `isDryRun`: every row is tried, and nothing goes on record. */
export type StartImport = { id: ImportId; mapping: Mapping; isDryRun: boolean };

/** Lets a worker import a file as a person said. May be done again: what is on record stays as it is. */
export const startImport = command({
  name: "startImport",
  action: "import.run",
  input: z.custom<StartImport>(),
  run: async (ctx, { id, mapping, isDryRun }): Promise<{ runId: RunId }> => {
    const { db, organizationId } = ctx;
    const { kind } = await requireImport(ctx, id);
    allowKind(ctx, kind);
    const fault = mappingFault(kind, mapping);
    if (fault) throw new ServiceError("invalid", fault, "/mapping");

    const { runId, isNew } = await startRun(ctx, "import.run", id);
    if (!isNew) throw new ServiceError("conflict", { key: "import.running" });
    await db.import.updateMany({ where: { organizationId, id }, data: { mapping, isDryRun } });
    await appendAudit(ctx, "import.run", { importId: id, isDryRun });
    return { runId };
  },
  audit: "by run",
});

export type ImportWork = {
  importId: ImportId;
  attempt: number;
  /** Told after each batch; what it throws ends the work. */
  onProgress: (progress: RunProgress) => void | Promise<void>;
};

export type ImportDone = ImportCounts & { isDryRun: boolean; attempt: number };

/**
 * Imports a file, batch by batch. Whoever was killed begins again: rows that are on record are
 * unchanged, so that it converges. The rows that there is something to say of go into a file.
 */
export const runImport = command({
  name: "runImport",
  action: "import.run",
  input: z.custom<ImportWork>(),
  transaction: "by run",
  run: async (ctx: FileContext, work: ImportWork): Promise<ImportDone> => {
    const { files, organizationId, actor } = ctx;
    const { importId, attempt } = work;
    const known = await inTransaction(ctx, (ctx) => requireImport(ctx, importId));
    allowKind(ctx, known.kind);
    const onRecord = actor.type === "job" ? { ...actor, subjectId: importId } : actor;
    const tally = { counts: noRows };
    const remarks = importRows({ ...ctx, actor: onRecord }, known, { ...work, tally });
    await files.write(remarksFile(organizationId, importId, attempt), remarks);

    // Those of attempts that were killed say less.
    for (let earlier = 1; earlier < attempt; earlier++) {
      await files.erase(remarksFile(organizationId, importId, earlier));
    }
    return { ...tally.counts, isDryRun: known.isDryRun, attempt };
  },
  audit: "by run",
});

type Tallied = ImportWork & { tally: { counts: ImportCounts } };

const BYTE_ORDER_MARK = "\uFEFF";

/** Puts every row on record as its remarks are asked for. */
async function* importRows(
  ctx: FileContext,
  known: KnownImport,
  { importId, tally, onProgress }: Tallied,
): AsyncGenerator<Uint8Array> {
  const { mapping, bytes: totalBytes } = known;
  const encoder = new TextEncoder();
  let header: readonly string[] = [];
  const content = ctx.files.read(importFile(ctx.organizationId, importId));
  for await (const batch of readBatches(content, mapping)) {
    if (tally.counts.rows === 0) {
      header = batch.header;
      yield encoder.encode(BYTE_ORDER_MARK + remarkHeader(mapping, header));
    }
    const outcomes = await putBatch(ctx, known, importId, batch.rows);
    tally.counts = countOutcomes(tally.counts, outcomes);
    await onProgress({ rows: tally.counts.rows, bytes: batch.bytes, totalBytes });

    const cells = new Map(batch.rows.map((row) => [row.line, row.cells]));
    const remarked = outcomes.filter(({ remarks }) => remarks.length > 0);
    const lines = remarked.map((it) => remarkLine(mapping, header, cells.get(it.line) ?? [], it));
    yield encoder.encode(lines.join(""));
  }
}

const TIMEOUT_MS = 60_000;

/** One transaction; of a dry run, one that is undone. */
async function putBatch(
  ctx: FileContext,
  { kind, mapping, isDryRun }: KnownImport,
  importId: ImportId,
  rows: readonly TableRow[],
): Promise<ImportOutcome[]> {
  if (rows.length === 0) return [];
  const put = async (ctx: TransactionContext) => {
    const kept = await withoutErased(ctx, kind, rows, mapping);
    const outcomes = await putRows(ctx, kind, kept, { importId, mapping });
    const { rejected, created, updated } = countOutcomes(noRows, outcomes);
    await appendAudit(ctx, "import.run", { importId, kind, created, updated, rejected });
    return outcomes;
  };
  return (isDryRun ? rehearse : inTransaction)(ctx, put, { timeoutMs: TIMEOUT_MS });
}

/** A row of somebody who was erased since the file came would bring them back; what refuses counts all the same. */
async function withoutErased(
  ctx: TransactionContext,
  kind: ImportKind,
  rows: readonly TableRow[],
  { columns, region }: KnownImport["mapping"],
): Promise<readonly TableRow[]> {
  if (isOfRefusals(kind)) return rows;
  await shareLock(ctx, "erasure");
  const matches = await loadRowMatcher(ctx, ctx.db, ctx.organizationId);
  if (matches === null) return rows;
  const idColumns = columns.flatMap((field, at) => (field === "externalId" ? [at] : []));
  return rows.filter(({ cells }) => matches(cells, { region, idColumns }).length === 0);
}
