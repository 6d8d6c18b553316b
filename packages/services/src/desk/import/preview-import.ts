import {
  type FileContext,
  appendAudit,
  importFile,
  inTransaction,
  query,
  requireFile,
} from "../../platform/internal.ts";
import {
  type ImportCounts,
  type ImportKind,
  type ImportOutcome,
  type Mapping,
  PreviewImport,
  countOutcomes,
  emptyCounts,
  findMappingFault,
} from "@ringfence/core/desk/import";
import type { Message } from "@ringfence/core/platform/message";
import { assertMayImport, dryRun, loadImport } from "./import.ts";
import { type TableRow, guessFileMapping, readBatches } from "./read-table.ts";
import { saveRows } from "./save-rows.ts";

export type ImportPreview = {
  kind: ImportKind;
  fileName: string;
  mapping: Mapping;
  /** Why it cannot be imported with this mapping. Then nothing was tried. */
  fault: Message | null;
  header: readonly string[];
  /** The first rows of data, without the header. */
  rows: readonly TableRow[];
  /** Results of the first batch, which is tried and rolled back. */
  counts: ImportCounts;
  /** The first rows with a remark. */
  remarked: readonly ImportOutcome[];
};

const MAX_ROWS = 10;
const MAX_REMARKED = 100;
const TIMEOUT_MS = 60_000;

/**
 * Shows how a file is read, and what importing its first batch of rows would do. Records nothing but an audit row.
 * Takes the mapping of the input, else one guessed with `dialect`, else the stored one.
 */
export const previewImport = query({
  name: "previewImport",
  action: "import.run",
  input: PreviewImport,
  transaction: "by run",
  run: async (
    ctx: FileContext,
    { id, mapping: chosen, dialect }: PreviewImport,
  ): Promise<ImportPreview> => {
    const { files, organizationId } = ctx;
    const name = importFile(organizationId, id);
    const open = () => files.read(name);
    const { kind, fileName, mapping } = await inTransaction(ctx, async (ctx) => {
      const stored = await loadImport(ctx, id);
      assertMayImport(ctx, stored.kind);
      await requireFile(files, name);
      await appendAudit(ctx, "import.run", { importId: id, preview: true });
      const guessed =
        dialect && (await guessFileMapping(ctx, { kind: stored.kind, ...dialect }, open));
      return { ...stored, mapping: chosen ?? guessed ?? stored.mapping };
    });
    const { header, rows } = await readFirstBatch(open(), mapping);
    const fault = findMappingFault(kind, mapping);
    const outcomes = fault
      ? []
      : await dryRun(ctx, (ctx) => saveRows(ctx, kind, rows, { importId: id, mapping }), {
          timeoutMs: TIMEOUT_MS,
        });
    return {
      kind,
      fileName,
      mapping,
      fault,
      header,
      rows: rows.slice(0, MAX_ROWS),
      counts: countOutcomes(emptyCounts, outcomes),
      remarked: outcomes.filter(({ remarks }) => remarks.length > 0).slice(0, MAX_REMARKED),
    };
  },
  // One row, in the transaction that loads the import.
  audit: "by run",
});

async function readFirstBatch(content: AsyncIterable<Uint8Array>, mapping: Mapping) {
  for await (const batch of readBatches(content, mapping)) return batch;
  return { header: [], rows: [] };
}
