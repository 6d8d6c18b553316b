import type { ImportId } from "@ringfence/core/ids";
import { ImportKind, Mapping } from "@ringfence/core/desk/import";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

export type KnownImport = {
  kind: ImportKind;
  fileName: string;
  bytes: number;
  mapping: Mapping;
  isDryRun: boolean;
};

/** Another organization's import looks the same as none. */
export async function requireImport(
  { db, organizationId }: Pick<TransactionContext, "db" | "organizationId">,
  id: ImportId,
): Promise<KnownImport> {
  const found = await db.import.findUnique({
    where: { organizationId_id: { organizationId, id } },
  });
  if (found === null) throw new ServiceError("not-found", { key: "import.not-found" });
  const { fileName, isDryRun, bytes } = found;
  const kind = ImportKind.parse(found.kind);
  return { fileName, isDryRun, bytes: Number(bytes), kind, mapping: Mapping.parse(found.mapping) };
}
