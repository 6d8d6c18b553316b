import type { ListScrubs } from "@ringfence/core/calling/scrub";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { viewScrubs } from "./view-scrubs.ts";

/** A page of the organization's scrubs, the newest first. */
export async function listScrubs(ctx: ServiceContext, { after, limit }: ListScrubs) {
  allow(ctx, "scrub.read");

  const found = await inTransaction(ctx, (ctx) => viewScrubs(ctx, { after, limit: limit + 1 }));
  const scrubs = found.slice(0, limit);
  return { scrubs, next: found.length > limit ? (scrubs.at(-1)?.id ?? null) : null };
}
