import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ImportId, RunId } from "@ringfence/core/ids";
import { type Mapping, mappingFault } from "@ringfence/core/desk/import";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { startRun } from "../../platform/run/index.ts";
import { allowKind } from "./allow-kind.ts";
import { requireImport } from "./require-import.ts";

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
