import { ContactId, type SegmentId } from "@ringfence/core/ids";
import type { Rule } from "@ringfence/core/audience/segment";
import type { RootContext } from "../src/platform/context.ts";
import { refreshSegment } from "../src/audience/segment/refresh.ts";
import { saveSegment } from "../src/audience/segment/save.ts";
import { screenSegment } from "../src/audience/segment/waterfall.ts";
import { aCallablePhone, aPhoneAtNoon, addAnotherPhone, longAgo, refuseCalls } from "./phones.ts";
import { aContext, db } from "./scenes.ts";
import { asRefresher } from "./segment-scene.ts";

export const everybody: Rule = { is: "all", of: [] };

/**
 * Six people: Ada and Bo may be called (he by one of his two phones), Cy never agreed, Di has refused, Ed
 * is a litigator, and Flo has no phone.
 */
export async function sixPeople() {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const ada = await aCallablePhone(ctx);
  const bo = await aCallablePhone(ctx);
  await addAnotherPhone(ctx, bo.contactId);
  const cy = await aPhoneAtNoon(ctx);
  const di = await aCallablePhone(ctx);
  await refuseCalls(ctx, di.phoneId);
  const ed = await aCallablePhone(ctx);
  const always = { reason: "litigator", at: longAgo, recordedAt: longAgo, actor: {} };
  await db.prisma.suppression.create({ data: { organizationId, phoneId: ed.phoneId, ...always } });
  const flo = await db.prisma.contact.create({
    data: { organizationId, createdAt: longAgo, updatedAt: longAgo },
  });
  const named = { ada, bo, cy, di, ed, flo: { contactId: flo.id } };
  for (const [name, { contactId }] of Object.entries(named)) {
    await db.prisma.contact.update({
      where: { organizationId_id: { organizationId, id: contactId } },
      data: { name },
    });
  }
  return { ctx, ...named };
}

/** The same, on behalf of the worker. */
export const asScreener = (ctx: RootContext): RootContext => ({
  ...ctx,
  actor: { type: "job", name: "segment.screen" },
});

/** A segment that was saved, refreshed and screened. */
export async function aScreenedSegment(ctx: RootContext, rule: Rule = everybody) {
  const saved = await saveSegment(ctx, { name: "All", rule });
  await refreshSegment(asRefresher(ctx), saved.id);
  await screenSegment(asScreener(ctx), { segmentId: saved.id });
  return saved;
}

/** Returns the queued screenings of a segment. */
export async function screeningsAsked({ organizationId }: RootContext, segmentId: SegmentId) {
  const { rows } = await db.pool.query<{ payload: unknown }>(
    `SELECT payload FROM graphile_worker._private_jobs
     WHERE key LIKE $1 ORDER BY id`,
    [`segment.screen/${organizationId}/${segmentId}/%`],
  );
  return rows.map(({ payload }) => payload);
}

export const toContactId = ({ contactId }: { contactId: string }) => ContactId.parse(contactId);
