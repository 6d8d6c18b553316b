import type { ImportId } from "@ringfence/core/ids";
import { ImportKind, Mapping, isMarketersKind } from "@ringfence/core/desk/import";
import type { ServiceContext, TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { may } from "@ringfence/core/platform/access";
import { allow } from "../../platform/access/allow.ts";

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

/** Refuses who may not import files of a kind: marketers bring in contacts and activities alone. */
export function allowKind(ctx: ServiceContext, kind: ImportKind) {
  if (!isMarketersKind(kind)) allow(ctx, "import.run-record");
}

/** Lists the kinds of files whose imports an actor sees. */
export const kindsSeenBy = ({ actor }: ServiceContext): readonly ImportKind[] =>
  may(actor, "import.read-record")
    ? ImportKind.options
    : ImportKind.options.filter(isMarketersKind);
