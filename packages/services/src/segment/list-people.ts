import type { ListPeople } from "@ringfence/core/segment";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { callOf } from "./call-of.ts";
import { peopleOfBlocks } from "./people-of-blocks.ts";
import { peopleShown } from "./people-shown.ts";
import { requireSegment } from "./require-segment.ts";

/** Who ended at a place when a segment was screened the last time, page after page. */
export async function listPeople(
  ctx: ServiceContext,
  { segmentId, place, after = 0, limit, ...named }: ListPeople,
) {
  allow(ctx, "segment.read");

  return inTransaction(ctx, async (ctx) => {
    await requireSegment(ctx, segmentId);
    const { seller, purpose } = await callOf(ctx, named);
    const ended = { sellerId: seller.id, purpose, place };
    const found = await peopleOfBlocks(ctx, { segmentId, ...ended }, { after, limit: limit + 1 });
    const items = await peopleShown(ctx, found.slice(0, limit));
    if (items.length > 0) {
      await appendAudit(ctx, "segment.read", { segmentId, place, listed: items.length });
    }
    return { items, next: found.length > limit ? (found[limit - 1] ?? null) : null };
  });
}
