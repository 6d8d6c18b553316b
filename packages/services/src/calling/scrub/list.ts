import { ListScrubs } from "@ringfence/core/calling/scrub";
import {
  type FileContext,
  ServiceError,
  appendAudit,
  inTransaction,
  query,
  scrubResultFile,
  requireFile,
} from "../../platform/internal.ts";
import { type ScrubView, scrubNotFoundError, loadScrubs } from "./scrub.ts";
import { ScrubId } from "@ringfence/core/ids";

/** Lists the scrubs of the actor's sellers page by page, newest first. */
export const listScrubs = query({
  name: "listScrubs",
  action: "scrub.read",
  input: ListScrubs,
  run: async (ctx, { after, limit }) => {
    const found = await loadScrubs(ctx, { after, limit: limit + 1 });
    const scrubs = found.slice(0, limit);
    return { scrubs, next: found.length > limit ? (scrubs.at(-1)?.id ?? null) : null };
  },
  audit: "none",
});

/** Returns one scrub with its progress and its result. */
export const readScrub = query({
  name: "readScrub",
  action: "scrub.read",
  input: ScrubId,
  run: async (ctx, id): Promise<ScrubView> => {
    const [scrub] = await loadScrubs(ctx, { id });
    if (scrub === undefined) throw scrubNotFoundError();
    return scrub;
  },
  audit: "none",
});

/**
 * Returns the file with its four additional columns. Throws `conflict` until the scrub is done. Audits who downloads
 * it.
 */
export const scrubResult = query({
  name: "scrubResult",
  action: "scrub.read",
  input: ScrubId,
  transaction: "by run",
  run: async (ctx: FileContext, id: ScrubId) => {
    const scrub = await inTransaction(ctx, async (ctx) => {
      const [found] = await loadScrubs(ctx, { id });
      if (found === undefined) throw scrubNotFoundError();
      await appendAudit(ctx, "scrub.read", { scrubId: id });
      return found;
    });
    const { fileName, attempt } = scrub;
    if (attempt === null) throw new ServiceError("conflict", { key: "error.scrub-not-done" });
    const name = scrubResultFile(ctx.organizationId, id, attempt);
    await requireFile(ctx.files, name);
    return { fileName, content: ctx.files.read(name) };
  },
  audit: "by run",
});
