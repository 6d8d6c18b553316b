import { query } from "../../platform/verb.ts";
import { ScrubId } from "@ringfence/core/ids";
import { ScrubSettings } from "@ringfence/core/calling/scrub";
import {
  type FileContext,
  inTransaction,
  type TransactionContext,
} from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { scrubFile } from "../../platform/files/index.ts";
import { scrubNotFound } from "./scrub-not-found.ts";
import { startScrub } from "./start-scrub.ts";
import { viewScrubs } from "./view-scrubs.ts";

/** Screens the same file in the same way once more, as a scrub of its own: the first stays as it is. */
export const repeatScrub = query({
  name: "repeatScrub",
  action: "scrub.run",
  input: ScrubId,
  transaction: "by run",
  run: async (ctx: FileContext, id: ScrubId): Promise<{ id: ScrubId }> => {
    const { files, organizationId } = ctx;
    const { scrub, readAt } = await inTransaction(ctx, async (ctx) => {
      const [scrub] = await viewScrubs(ctx, { id });
      return { scrub, readAt: ctx.now };
    });
    if (scrub === undefined) throw scrubNotFound();
    const again = {
      fileName: scrub.fileName,
      content: files.read(scrubFile(organizationId, id)),
      settings: ScrubSettings.parse(scrub.settings),
    };
    return startScrub(ctx, again, (ctx, work) =>
      inTransaction(ctx, async (ctx) => {
        await assertNotBeingErased(ctx, scrub.createdAt, readAt);
        return work(ctx);
      }),
    );
  },
  audit: "by run",
});

/** A copy that was made before rows of erased people went from the file would keep them. */
async function assertNotBeingErased(
  { db, organizationId }: TransactionContext,
  createdAt: Date,
  readAt: Date,
) {
  const erasing = await db.fileErasure.count({
    where: {
      organizationId,
      createdAt: { gte: createdAt },
      OR: [{ endedAt: null }, { endedAt: { gte: readAt } }],
    },
  });
  if (erasing > 0) throw new ServiceError("conflict", { key: "error.scrub-being-erased" });
}
