import type { ScrubId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { allow } from "../../platform/access/allow.ts";
import { type FileContext, inTransaction } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { scrubResultFile } from "../../platform/files/index.ts";
import { scrubNotFound } from "./scrub-not-found.ts";
import { viewScrubs } from "./view-scrubs.ts";

/** The file with its four columns more, once the scrub is done. Who takes it away is on record. */
export async function scrubResult(ctx: FileContext, id: ScrubId) {
  allow(ctx, "scrub.read");

  const scrub = await inTransaction(ctx, async (ctx) => {
    const [found] = await viewScrubs(ctx, { id });
    if (found === undefined) throw scrubNotFound();
    await appendAudit(ctx, "scrub.read", { scrubId: id });
    return found;
  });
  const { fileName, attempt } = scrub;
  if (attempt === null) throw new ServiceError("conflict", { key: "error.scrub-not-done" });
  return { fileName, content: ctx.files.read(scrubResultFile(ctx.organizationId, id, attempt)) };
}
