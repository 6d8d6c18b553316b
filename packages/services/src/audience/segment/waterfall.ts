import { command, query } from "../../platform/verb.ts";
import { z } from "zod";
import type { SegmentId, SellerId } from "@ringfence/core/ids";
import {
  AskWaterfall,
  type Place,
  PlaceCounts,
  type SegmentCall,
  blocksOf,
  countPlaces,
} from "@ringfence/core/audience/segment";
import { type TransactionContext, inTransaction } from "../../platform/context.ts";
import { keptMembers } from "./members.ts";
import { type ScreenedPeople, callOf, screenPeople } from "./screen-people.ts";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import { isFound, knownSegmentsOf, requireSeenSegment, requireSegment } from "./segment.ts";

const TIMEOUT_MS = 60_000;

/**
 * Screens all members of a segment, as of its last refresh, and keeps where each ended. Null where there
 * is no such segment, or nobody has found its members yet.
 */
export const screenSegment = command({
  name: "screenSegment",
  action: "segment.screen",
  input: z.custom<SegmentCall & { segmentId: SegmentId }>(),
  transaction: "by run",
  run: async (ctx, { segmentId, ...named }): Promise<PlaceCounts | null> => {
    const members = await inTransaction(ctx, (ctx) => keptMembers(ctx, segmentId));
    if (members === null) return null;
    const screened = await screenPeople(ctx, named, members.ordinals);
    return inTransaction(ctx, (ctx) => keepPlaces(ctx, { segmentId, ...members, screened }), {
      timeoutMs: TIMEOUT_MS,
    });
  },
  audit: "by run",
});

type Kept = {
  segmentId: SegmentId;
  version: number;
  ordinals: readonly number[];
  screened: ScreenedPeople;
};

/** Keeps where the members of a segment ended, unless later facts were kept meanwhile. */
async function keepPlaces(
  ctx: TransactionContext,
  { segmentId, version, ordinals, screened: { at, call, places } }: Kept,
): Promise<PlaceCounts> {
  const { db, organizationId } = ctx;
  await db.$queryRaw`SELECT FROM segment
    WHERE organization_id = ${organizationId}::uuid AND id = ${segmentId}::uuid FOR UPDATE`;
  const where = { organizationId, segmentId, sellerId: call.seller.id, purpose: call.purpose.key };
  const counts = countPlaces(places);
  if ((await db.segmentWaterfall.count({ where: { ...where, at: { gte: at } } })) > 0) {
    return counts;
  }
  await db.segmentPlace.deleteMany({ where });
  await db.segmentWaterfall.deleteMany({ where });
  const contacts = await db.contact.count({ where: { organizationId } });
  await db.segmentWaterfall.create({ data: { ...where, version, at, contacts, counts } });
  for (const [place, people] of byPlace(ordinals, places)) {
    await db.segmentPlace.createMany({
      data: [...blocksOf(people)].map(([block, bits]) => ({
        ...where,
        place,
        block,
        bits: Uint8Array.from(bits),
      })),
    });
  }
  return counts;
}

function byPlace(ordinals: readonly number[], places: readonly Place[]) {
  const people = new Map<Place, number[]>();
  for (const [index, ordinal] of ordinals.entries()) {
    const place = places[index] ?? "number";
    const others = people.get(place);
    if (others) others.push(ordinal);
    else people.set(place, [ordinal]);
  }
  return people;
}

/** Has a worker screen a segment, for calls that are named or for the usual ones. */
export async function queueScreening(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
  { seller = null, purpose = null }: { seller?: string | null; purpose?: string | null } = {},
) {
  await db.$executeRaw`
    SELECT graphile_worker.add_job(
      'segment.screen',
      json_strip_nulls(json_build_object('organizationId', ${organizationId}::uuid,
        'segmentId', ${segmentId}::uuid, 'seller', ${seller}::text, 'purpose', ${purpose}::text)),
      job_key := ${`segment.screen/${organizationId}/${segmentId}/${seller}/${purpose}`})`;
}

type ScreenedWaterfall = {
  at: Date;
  /** Of the segment's own rule, by which its people were found. */
  version: number;
  /** They were found by the rules in force, and screened since. */
  isCurrent: boolean;
  contacts: number;
  counts: PlaceCounts;
};

/** How a segment was screened the last time, for calls of a seller about a purpose; null before the first. */
export async function screenedWaterfall(
  ctx: TransactionContext,
  which: { segmentId: SegmentId; sellerId: SellerId; purpose: PurposeKey },
): Promise<ScreenedWaterfall | null> {
  const { db, organizationId } = ctx;
  const segment = await requireSegment(ctx, which.segmentId);
  const row = await db.segmentWaterfall.findFirst({ where: { organizationId, ...which } });
  if (row === null) return null;
  const { refreshedAt } = segment;
  const isSince = refreshedAt !== null && refreshedAt <= row.at;
  return {
    at: row.at,
    version: row.version,
    isCurrent: isSince && isFound(segment, await knownSegmentsOf(ctx)),
    contacts: row.contacts,
    counts: PlaceCounts.parse(row.counts),
  };
}

/** How a segment was screened the last time, for calls of a seller about a purpose; null before the first. */
export const readWaterfall = query({
  name: "readWaterfall",
  action: "segment.read",
  input: AskWaterfall,
  run: async (ctx, { segmentId, ...named }) => {
    await requireSeenSegment(ctx, segmentId);
    const { seller, purpose } = await callOf(ctx, named);
    const which = { segmentId, sellerId: seller.id, purpose };
    return { seller, purpose, waterfall: await screenedWaterfall(ctx, which) };
  },
  audit: "by run",
});

/** Has a worker screen a segment now, for calls of a seller about a purpose. */
export const askForWaterfall = query({
  name: "askForWaterfall",
  action: "segment.read",
  input: AskWaterfall,
  run: async (ctx, { segmentId, ...named }): Promise<void> => {
    await requireSeenSegment(ctx, segmentId);
    const { seller, purpose } = await callOf(ctx, named);
    await queueScreening(ctx, segmentId, { seller: seller.id, purpose });
  },
  audit: "by run",
});
