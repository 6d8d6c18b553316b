import { query } from "../../platform/verb.ts";
import { ImportId } from "@ringfence/core/ids";
import { z } from "zod";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { type FileContext, inTransaction } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { remarksFile } from "../../platform/files/index.ts";
import { kindsSeenBy } from "./allow-kind.ts";
import { viewImports } from "./view-imports.ts";

const Done = z.object({ attempt: z.int() });

/**
 * The rows of a file that were rejected, or that there is something to say of, as they came, with a
 * sentence each: to be mended and sent again. Who takes them away is on record.
 */
export const readRemarkedRows = query({
  name: "readRemarkedRows",
  action: "import.read",
  input: ImportId,
  transaction: "by run",
  run: async (ctx: FileContext, id: ImportId) => {
    const kinds = kindsSeenBy(ctx);
    const { fileName, run } = await inTransaction(ctx, async (ctx) => {
      const [found] = await viewImports(ctx, { kinds, id, limit: 1 });
      if (!found) throw new ServiceError("not-found", { key: "import.not-found" });
      await appendAudit(ctx, "import.read", { importId: id });
      return found;
    });
    const { data: done } = Done.safeParse(run?.outcome);
    if (run?.status !== "done" || !done) {
      throw new ServiceError("conflict", { key: "import.not-done" });
    }
    const name = remarksFile(ctx.organizationId, id, done.attempt);
    return { fileName, content: ctx.files.read(name) };
  },
  audit: "by run",
});
