import type { SegmentId } from "@ringfence/core/ids";
import {
  blocksOf,
  countPlaces,
  type Place,
  type PlaceCounts,
} from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";
import type { ScreenedPeople } from "./screened-people.ts";

type Kept = {
  segmentId: SegmentId;
  version: number;
  ordinals: readonly number[];
  screened: ScreenedPeople;
};

/** Keeps where the members of a segment ended, unless later facts were kept meanwhile. */
export async function keepPlaces(
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
