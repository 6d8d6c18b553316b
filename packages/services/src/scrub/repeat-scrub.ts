import type { ScrubId } from "@ringfence/core/ids";
import { ScrubSettings } from "@ringfence/core/scrub";
import { allow } from "../access/allow.ts";
import { type FileContext, inTransaction } from "../context.ts";
import { scrubFile } from "../files/index.ts";
import { scrubNotFound } from "./scrub-not-found.ts";
import { startScrub } from "./start-scrub.ts";
import { viewScrubs } from "./view-scrubs.ts";

/** Screens the same file in the same way once more, as a scrub of its own: the first stays as it is. */
export async function repeatScrub(ctx: FileContext, id: ScrubId): Promise<{ id: ScrubId }> {
  allow(ctx, "scrub.run");

  const { files, organizationId } = ctx;
  const [scrub] = await inTransaction(ctx, (ctx) => viewScrubs(ctx, { id }));
  if (scrub === undefined) throw scrubNotFound();
  return startScrub(ctx, {
    fileName: scrub.fileName,
    content: files.read(scrubFile(organizationId, id)),
    settings: ScrubSettings.parse(scrub.settings),
  });
}
