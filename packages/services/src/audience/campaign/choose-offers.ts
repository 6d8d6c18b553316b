import { chooseBestOffer } from "@ringfence/core/audience/offer";
import { isInControlGroup } from "@ringfence/core/audience/relevance";
import { type TransactionContext, toTable } from "../../platform/internal.ts";
import type { OfferVersion } from "../offer/internal.ts";
import {
  type PersonScore,
  findThreshold,
  loadRelevanceInForce,
  scorePeople,
} from "../relevance/internal.ts";

/** The offer chosen for a person in a campaign. */
export type ChosenOffer = {
  offer: OfferVersion;
  /** Below its threshold. Null without a threshold or score. */
  isBelow: boolean | null;
  /** Below the threshold, and not in the control group, which is called all the same. */
  isHeldBack: boolean;
};

/**
 * Chooses the best offer for each of up to a few hundred people, by ordinal. Nobody is scored if there is one offer and
 * no threshold. People who opted out of profiling have no score and get the offer with the highest priority. Whoever
 * has no offer is left out; whoever is held back is not.
 */
export async function chooseOffers(
  ctx: TransactionContext,
  campaignId: string,
  offersByPerson: ReadonlyMap<number, readonly OfferVersion[]>,
): Promise<Map<number, ChosenOffer>> {
  const { keys, organizationId } = ctx;
  const inForce = await loadRelevanceInForce(ctx);
  const ids = [...new Set([...offersByPerson.values()].flat().map(({ id }) => id))];
  const isScored = ids.length > 1 || ids.some((id) => findThreshold(inForce, id) !== null);
  const scores: ReadonlyMap<number, PersonScore> = isScored
    ? await scorePeople(ctx, inForce.model, [...offersByPerson.keys()], ids)
    : new Map();
  const chosen = new Map<number, ChosenOffer>();
  for (const [ordinal, offers] of offersByPerson) {
    const score = scores.get(ordinal);
    const best = chooseBestOffer(
      offers.map((offer) => ({
        ...offer,
        chance: score?.chances[ids.indexOf(offer.id)] ?? null,
        threshold: findThreshold(inForce, offer.id),
      })),
    );
    if (best === null) continue;
    const isControl =
      score !== undefined &&
      isInControlGroup(
        keys.mac(organizationId, "hold-out group", `${campaignId} ${score.contactId}`),
      );
    chosen.set(ordinal, { ...best, isHeldBack: best.isBelow === true && !isControl });
  }
  return chosen;
}

/**
 * Records the offer made to each person, and whether they are below the threshold, for measuring its effect. A
 * later offer of the same campaign replaces an earlier one.
 */
export async function saveChosenOffers(
  { db, organizationId, now }: TransactionContext,
  campaignId: string,
  people: readonly (Pick<ChosenOffer, "offer" | "isBelow"> & { ordinal: number })[],
) {
  const rows = people.map(({ ordinal, offer: { id, version }, isBelow }) => ({
    ordinal,
    offerId: id,
    version,
    isBelow,
  }));
  const table = toTable(rows, {
    ordinal: "int",
    offerId: "uuid",
    version: "int",
    isBelow: "boolean",
  });
  await db.$executeRaw`
    INSERT INTO campaign_person
      (organization_id, campaign_id, contact_ordinal, offer_id, offer_version, is_below, at)
    SELECT ${organizationId}::uuid, ${campaignId}::uuid, ordinal, offer_id, version, is_below,
      ${now}::timestamptz
    FROM ${table} AS person
    ON CONFLICT (organization_id, campaign_id, contact_ordinal) DO UPDATE SET
      offer_id = excluded.offer_id, offer_version = excluded.offer_version,
      is_below = excluded.is_below, at = excluded.at`;
}
