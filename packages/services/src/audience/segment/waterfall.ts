import {
  type TransactionContext,
  command,
  defineJob,
  enqueue,
  inTransaction,
  query,
} from "../../platform/internal.ts";
import type { SegmentId, SellerId } from "@ringfence/core/ids";
import {
  ReadWaterfall,
  type EndStep,
  EndStepCounts,
  type SegmentCall,
  toBlocks,
  countEndSteps,
} from "@ringfence/core/audience/segment";
import { loadMembers } from "./members.ts";
import { type ScreenedPeople, resolveCall, screenPeople } from "./screen-people.ts";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import { hasCurrentMembers, loadSegments, loadVisibleSegment, loadSegment } from "./segment.ts";
import { loadCountVisibility } from "./visible-counts.ts";

const TIMEOUT_MS = 60_000;

/**
 * Screens the members of a segment as of its last refresh, and saves where each ended. Null if the segment is
 * archived or missing, or was never refreshed.
 */
export const screenSegment = command({
  name: "screenSegment",
  action: "segment.screen",
  input: ReadWaterfall,
  transaction: "by run",
  run: async (ctx, { segmentId, ...named }): Promise<EndStepCounts | null> => {
    const members = await inTransaction(ctx, (ctx) => loadMembers(ctx, segmentId));
    if (members === null) return null;
    const screened = await screenPeople(ctx, named, members.ordinals);
    return inTransaction(ctx, (ctx) => saveEndSteps(ctx, { segmentId, ...members, screened }), {
      timeoutMs: TIMEOUT_MS,
    });
  },
  audit: "none",
});

type ScreenedMembers = {
  segmentId: SegmentId;
  version: number;
  refreshedAt: Date | null;
  ordinals: readonly number[];
  screened: ScreenedPeople;
};

/**
 * Saves where members ended, unless a screening of the same time or later was saved meanwhile, or other members were
 * found: each refresh queues a screening of its own. Returns the counts, saved or not.
 */
async function saveEndSteps(
  ctx: TransactionContext,
  { segmentId, version, refreshedAt, ordinals, screened: { at, call, places } }: ScreenedMembers,
): Promise<EndStepCounts> {
  const { db, organizationId } = ctx;
  const segment = await db.$kysely
    .selectFrom("segment")
    .select("refreshedAt")
    .where("organizationId", "=", organizationId)
    .where("id", "=", segmentId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const where = { organizationId, segmentId, sellerId: call.seller.id, purpose: call.purpose.key };
  const counts = countEndSteps(places);
  if (segment.refreshedAt?.getTime() !== refreshedAt?.getTime()) return counts;
  if ((await db.segmentWaterfall.count({ where: { ...where, at: { gte: at } } })) > 0) {
    return counts;
  }
  await db.segmentPlace.deleteMany({ where });
  await db.segmentWaterfall.deleteMany({ where });
  const contacts = await db.contact.count({ where: { organizationId } });
  await db.segmentWaterfall.create({ data: { ...where, version, at, contacts, counts } });
  for (const [place, people] of groupByEndStep(ordinals, places)) {
    await db.segmentPlace.createMany({
      data: [...toBlocks(people)].map(([block, bits]) => ({
        ...where,
        place,
        block,
        bits: Uint8Array.from(bits),
      })),
    });
  }
  return counts;
}

function groupByEndStep(ordinals: readonly number[], places: readonly EndStep[]) {
  const people = new Map<EndStep, number[]>();
  for (const [index, ordinal] of ordinals.entries()) {
    const place = places[index] ?? "number";
    const others = people.get(place);
    if (others) others.push(ordinal);
    else people.set(place, [ordinal]);
  }
  return people;
}

/** Finds which members of a segment may be called. */
export const screenSegmentJob = defineJob("segment.screen", ReadWaterfall.shape);

/** Queues a screening of a segment, for given calls or the default ones. */
export async function queueScreening(
  ctx: TransactionContext,
  segmentId: SegmentId,
  call: SegmentCall = {},
) {
  const { seller = null, purpose = null } = call;
  const key = `${screenSegmentJob.name}/${ctx.organizationId}/${segmentId}/${seller}/${purpose}`;
  await enqueue(ctx, screenSegmentJob, { segmentId, ...call }, { key });
}

type ScreenedWaterfall = {
  at: Date;
  /** Version of the segment's own rule. */
  version: number;
  /** The members were found by the current rules and screened since. */
  isCurrent: boolean;
  /** All contacts of the organization at that time. */
  contacts: number;
  counts: EndStepCounts;
};

/**
 * Loads the last screening of a segment for calls of a seller for a purpose. Null before the first. The caller checks
 * what the actor may see.
 */
export async function loadWaterfall(
  ctx: TransactionContext,
  which: { segmentId: SegmentId; sellerId: SellerId; purpose: PurposeKey },
): Promise<ScreenedWaterfall | null> {
  const { db, organizationId } = ctx;
  const segment = await loadSegment(ctx, which.segmentId);
  const row = await db.segmentWaterfall.findFirst({ where: { organizationId, ...which } });
  if (row === null) return null;
  const { refreshedAt } = segment;
  const isSince = refreshedAt !== null && refreshedAt <= row.at;
  return {
    at: row.at,
    version: row.version,
    isCurrent: isSince && hasCurrentMembers(segment, await loadSegments(ctx)),
    contacts: row.contacts,
    counts: EndStepCounts.parse(row.counts),
  };
}

/**
 * Reads the last screening of a segment for calls of a seller for a purpose. Null before the first, or if its people
 * were found by a rule that is hidden from the actor.
 */
export const readWaterfall = query({
  name: "readWaterfall",
  action: "segment.read",
  input: ReadWaterfall,
  run: async (ctx, { segmentId, ...named }) => {
    const segment = await loadVisibleSegment(ctx, segmentId);
    const { seller, purpose } = await resolveCall(ctx, named);
    const waterfall = await loadWaterfall(ctx, { segmentId, sellerId: seller.id, purpose });
    const { maySeeScreening } = await loadCountVisibility(ctx);
    const isSeen = waterfall !== null && maySeeScreening(segment, waterfall);
    return { seller, purpose, waterfall: isSeen ? waterfall : null };
  },
  audit: "none",
});

/** Queues a screening of a segment for calls of a seller for a purpose. */
export const requestWaterfall = command({
  name: "requestWaterfall",
  action: "segment.read",
  input: ReadWaterfall,
  run: async (ctx, { segmentId, ...named }): Promise<void> => {
    await loadVisibleSegment(ctx, segmentId);
    const { seller, purpose } = await resolveCall(ctx, named);
    await queueScreening(ctx, segmentId, { seller: seller.id, purpose });
  },
  audit: "none",
});
