import type { ImportId } from "@ringfence/core/ids";
import { ImportKind, Mapping, isMarketerKind } from "@ringfence/core/desk/import";
import {
  type RootContext,
  type ServiceContext,
  ServiceError,
  type TransactionContext,
  allow,
  inTransaction,
} from "../../platform/internal.ts";
import { may } from "@ringfence/core/platform/access";

/** An import as it is stored, with the mapping and the choice of a dry run that its next run takes. */
export type StoredImport = {
  kind: ImportKind;
  fileName: string;
  bytes: number;
  mapping: Mapping;
  isDryRun: boolean;
};

/** Loads an import. One of another organization looks as if it did not exist. */
export async function loadImport(
  { db, organizationId }: Pick<TransactionContext, "db" | "organizationId">,
  id: ImportId,
): Promise<StoredImport> {
  const found = await db.import.findUnique({
    where: { organizationId_id: { organizationId, id } },
  });
  if (found === null) throw new ServiceError("not-found", { key: "import.not-found" });
  const { fileName, isDryRun, bytes } = found;
  const kind = ImportKind.parse(found.kind);
  return { fileName, isDryRun, bytes: Number(bytes), kind, mapping: Mapping.parse(found.mapping) };
}

/**
 * Throws if the actor may not import files of this kind. Call it in a verb with the action `import.run`: kinds that
 * marketers may not import need `import.run-record` too.
 */
export function assertMayImport(ctx: ServiceContext, kind: ImportKind) {
  if (!isMarketerKind(kind)) allow(ctx, "import.run-record");
}

/** Lists the kinds of files whose imports the actor may see. */
export const listVisibleKinds = ({ actor }: ServiceContext): readonly ImportKind[] =>
  may(actor, "import.read-record") ? ImportKind.options : ImportKind.options.filter(isMarketerKind);

/** Thrown to roll a transaction back. */
class RolledBack extends Error {}

/** Runs work in a transaction that is always rolled back, and returns its result, which must not be undefined. */
export async function dryRun<T>(
  ctx: RootContext,
  work: (ctx: TransactionContext) => Promise<T>,
  options: { timeoutMs: number },
): Promise<T> {
  const results: T[] = [];
  try {
    return await inTransaction(
      ctx,
      async (ctx) => {
        results.push(await work(ctx));
        throw new RolledBack();
      },
      options,
    );
  } catch (error) {
    const [result] = results;
    if (!(error instanceof RolledBack) || result === undefined) throw error;
    return result;
  }
}
