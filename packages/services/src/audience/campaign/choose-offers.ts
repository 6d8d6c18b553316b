import { bestOffer } from "@ringfence/core/audience/offer";
import { isHeldOut } from "@ringfence/core/audience/relevance";
import type { TransactionContext } from "../../platform/context.ts";
import type { KnownOffer } from "../offer/offer.ts";
import { relevanceInForce, thresholdOf } from "../relevance/in-force.ts";
import { type Scored, scorePeople } from "../relevance/score.ts";

/** What a person is made in a campaign. */
export type Chosen = {
  offer: KnownOffer;
  /** Below its threshold; null where there is none, or no score. */
  isBelow: boolean | null;
  /** Below it, and not among those who are called all the same to measure it. */
  isHeldBack: boolean;
};

/**
 * For each of some people, some hundreds at most, the offer that fits them best of those that may be made
 * to them. Who refused profiling has no score: theirs is the one of the greatest priority.
 */
export async function chooseOffers(
  ctx: TransactionContext,
  campaignId: string,
  offersByPerson: ReadonlyMap<number, readonly KnownOffer[]>,
): Promise<Map<number, Chosen>> {
  const { keys, organizationId } = ctx;
  const inForce = await relevanceInForce(ctx);
  const ids = [...new Set([...offersByPerson.values()].flat().map(({ id }) => id))];
  const isScored = ids.length > 1 || ids.some((id) => thresholdOf(inForce, id) !== null);
  const scores: ReadonlyMap<number, Scored> = isScored
    ? await scorePeople(ctx, inForce.model, [...offersByPerson.keys()], ids)
    : new Map();
  const chosen = new Map<number, Chosen>();
  for (const [ordinal, offers] of offersByPerson) {
    const score = scores.get(ordinal);
    const best = bestOffer(
      offers.map((offer) => ({
        ...offer,
        chance: score?.chances[ids.indexOf(offer.id)] ?? null,
        threshold: thresholdOf(inForce, offer.id),
      })),
    );
    if (best === null) continue;
    const isMeasured =
      score !== undefined &&
      isHeldOut(keys.mac(organizationId, "hold-out group", `${campaignId} ${score.contactId}`));
    chosen.set(ordinal, { ...best, isHeldBack: best.isBelow === true && !isMeasured });
  }
  return chosen;
}

/** Keeps with what people were handed over: which offer they are made, and whether to measure the threshold. */
export async function keepPeople(
  { db, organizationId, now }: TransactionContext,
  campaignId: string,
  people: readonly (Pick<Chosen, "offer" | "isBelow"> & { ordinal: number })[],
) {
  await db.$executeRaw`
    INSERT INTO campaign_person
      (organization_id, campaign_id, contact_ordinal, offer_id, offer_version, is_below, at)
    SELECT ${organizationId}::uuid, ${campaignId}::uuid, person.*, ${now}::timestamptz
    FROM unnest(
      ${people.map(({ ordinal }) => ordinal)}::int[],
      ${people.map(({ offer }) => offer.id)}::uuid[],
      ${people.map(({ offer }) => offer.version)}::int[],
      ${people.map(({ isBelow }) => isBelow)}::boolean[]) AS person
    ON CONFLICT (organization_id, campaign_id, contact_ordinal) DO UPDATE SET
      offer_id = excluded.offer_id, offer_version = excluded.offer_version,
      is_below = excluded.is_below, at = excluded.at`;
}
