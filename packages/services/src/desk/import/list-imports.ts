import { ImportKind, ListImports, Mapping } from "@ringfence/core/desk/import";
import {
  type FileContext,
  RunView,
  ServiceError,
  type TransactionContext,
  appendAudit,
  inTransaction,
  query,
  remarksFile,
  requireFile,
} from "../../platform/internal.ts";
import { listVisibleKinds } from "./import.ts";
import { ImportId } from "@ringfence/core/ids";
import { z } from "zod";

/** Lists imports of the kinds that the actor may see, last uploaded first. */
export const listImports = query({
  name: "listImports",
  action: "import.read",
  input: ListImports,
  run: async (ctx, { after, limit }) => {
    const kinds = listVisibleKinds(ctx);
    const found = await loadImports(ctx, { kinds, after, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  },
  audit: "none",
});

/** Reads one import: its mapping, progress and result. */
export const readImport = query({
  name: "readImport",
  action: "import.read",
  input: ImportId,
  run: async (ctx, id): Promise<ImportView> => {
    const [found] = await loadImports(ctx, { kinds: listVisibleKinds(ctx), id, limit: 1 });
    if (!found) throw new ServiceError("not-found", { key: "import.not-found" });
    return found;
  },
  audit: "none",
});

const RunOutcome = z.object({ attempt: z.int() });

/**
 * Reads the rows of the latest run that were rejected or got a remark, as they were, each with a sentence, to be
 * corrected and sent again. Throws `conflict` unless that run is done. The download is audited.
 */
export const readRemarkedRows = query({
  name: "readRemarkedRows",
  action: "import.read",
  stepUp: true, // it is a file of numbers
  input: ImportId,
  transaction: "by run",
  run: async (ctx: FileContext, id: ImportId) => {
    const kinds = listVisibleKinds(ctx);
    const { fileName, attempt } = await inTransaction(ctx, async (ctx) => {
      const [found] = await loadImports(ctx, { kinds, id, limit: 1 });
      if (!found) throw new ServiceError("not-found", { key: "import.not-found" });
      const { data: done } = RunOutcome.safeParse(found.run?.outcome);
      if (found.run?.status !== "done" || !done) {
        throw new ServiceError("conflict", { key: "import.not-done" });
      }
      await appendAudit(ctx, "import.read", { importId: id, exported: true });
      return { fileName: found.fileName, attempt: done.attempt };
    });
    const name = remarksFile(ctx.organizationId, id, attempt);
    await requireFile(ctx.files, name);
    return { fileName, content: ctx.files.read(name) };
  },
  // One row, in the transaction that finds the import.
  audit: "by run",
});

/** An import for pages. `run` is the latest run, null before the first. */
export const ImportView = z.object({
  id: ImportId,
  kind: ImportKind,
  fileName: z.string(),
  bytes: z.coerce.number(),
  mapping: Mapping,
  isDryRun: z.boolean(),
  createdAt: z.date(),
  run: RunView.nullable(),
});
export type ImportView = z.infer<typeof ImportView>;

type ImportFilter = {
  kinds: readonly ImportKind[];
  id?: ImportId;
  after?: ImportId | undefined;
  limit: number;
};

/** Loads one import, or a page of imports of some kinds, last uploaded first. */
const loadImports = async (
  { db, organizationId }: TransactionContext,
  { kinds, id, after, limit }: ImportFilter,
): Promise<ImportView[]> => {
  const rows = await db.import.findMany({
    where: {
      organizationId,
      kind: { in: [...kinds] },
      ...(id && { id }),
      ...(after && { id: { lt: after } }),
    },
    orderBy: { id: "desc" },
    take: limit,
  });
  const runs = await db.run.findMany({
    where: { organizationId, job: "import.run", subjectId: { in: rows.map((row) => row.id) } },
    orderBy: { id: "asc" },
  });
  const latest = new Map(runs.map((run) => [run.subjectId, run]));
  return rows.map((row) => ImportView.parse({ ...row, run: latest.get(row.id) ?? null }));
};
