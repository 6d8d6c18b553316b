import { query } from "../../platform/verb.ts";
import { ScrubId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { type FileContext, inTransaction } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { scrubResultFile } from "../../platform/files/index.ts";
import { scrubNotFound } from "./scrub-not-found.ts";
import { viewScrubs } from "./view-scrubs.ts";

/** The file with its four columns more, once the scrub is done. Who takes it away is on record. */
export const scrubResult = query({
  name: "scrubResult",
  action: "scrub.read",
  input: ScrubId,
  transaction: "by run",
  run: async (ctx: FileContext, id: ScrubId) => {
    const scrub = await inTransaction(ctx, async (ctx) => {
      const [found] = await viewScrubs(ctx, { id });
      if (found === undefined) throw scrubNotFound();
      await appendAudit(ctx, "scrub.read", { scrubId: id });
      return found;
    });
    const { fileName, attempt } = scrub;
    if (attempt === null) throw new ServiceError("conflict", { key: "error.scrub-not-done" });
    return { fileName, content: ctx.files.read(scrubResultFile(ctx.organizationId, id, attempt)) };
  },
  audit: "by run",
});
