import type { ImportId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { kindsSeenBy } from "./allow-kind.ts";
import { type ImportView, viewImports } from "./view-imports.ts";

/** One import: how it is read, how far it is, and what came of it. */
export async function readImport(ctx: ServiceContext, id: ImportId): Promise<ImportView> {
  allow(ctx, "import.read");

  const kinds = kindsSeenBy(ctx);
  const [found] = await inTransaction(ctx, (ctx) => viewImports(ctx, { kinds, id, limit: 1 }));
  if (!found) throw new ServiceError("not-found", { key: "import.not-found" });
  return found;
}
