import { ImportId } from "@ringfence/core/ids";
import { ImportKind, Mapping } from "@ringfence/core/desk/import";
import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";
import { RunView } from "../../platform/run/index.ts";

/** An import as people see it; `run` is the latest, null before the first. */
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

type ImportsWanted = {
  kinds: readonly ImportKind[];
  id?: ImportId;
  after?: ImportId | undefined;
  limit: number;
};

/** Loads one import, or a page of them, of some kinds, last uploaded first. */
export const viewImports = async (
  { db, organizationId }: TransactionContext,
  { kinds, id, after, limit }: ImportsWanted,
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
