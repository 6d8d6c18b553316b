import type { ImportId, RunId } from "@ringfence/core/ids";
import { type Mapping, mappingFault } from "@ringfence/core/desk/import";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { startRun } from "../../platform/run/index.ts";
import { allowKind } from "./allow-kind.ts";
import { requireImport } from "./require-import.ts";

/** `isDryRun`: every row is tried, and nothing goes on record. */
export type StartImport = { id: ImportId; mapping: Mapping; isDryRun: boolean };

/** Lets a worker import a file as a person said. May be done again: what is on record stays as it is. */
export async function startImport(
  ctx: ServiceContext,
  { id, mapping, isDryRun }: StartImport,
): Promise<{ runId: RunId }> {
  allow(ctx, "import.run");

  return inTransaction(ctx, async (ctx) => {
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
  });
}
