import type { ScrubId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { scrubNotFound } from "./scrub-not-found.ts";
import type { ScrubView } from "./scrub-view.ts";
import { viewScrubs } from "./view-scrubs.ts";

/** One scrub: how far it is, and what came of it. */
export async function readScrub(ctx: ServiceContext, id: ScrubId): Promise<ScrubView> {
  allow(ctx, "scrub.read");

  const [scrub] = await inTransaction(ctx, (ctx) => viewScrubs(ctx, { id }));
  if (scrub === undefined) throw scrubNotFound();
  return scrub;
}
