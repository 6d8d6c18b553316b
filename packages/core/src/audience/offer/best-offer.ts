/**
 * An offer that may be made to a person. `chance` is the predicted probability that they accept it; null if they
 * have no score. `threshold` is the lowest chance at which the offer is made; null if none is set.
 */
export type OfferForPerson = {
  id: string;
  priority: number;
  chance: number | null;
  threshold: number | null;
};

/** The chosen offer. `isBelow`: whether it is below its threshold; null without a score or threshold. */
export type BestOffer<T> = { offer: T; isBelow: boolean | null };

/**
 * Chooses the offer that fits a person best: the highest chance among the offers that are not below their
 * threshold or, if all are, among all. An offer without a score or threshold is not below it. Ties go to the
 * higher priority, then to the older offer. Null if there is no offer.
 */
export function chooseBestOffer<T extends OfferForPerson>(
  offers: readonly T[],
): BestOffer<T> | null {
  const [first] = offers
    .map((offer) => ({ offer, isBelow: isBelowThreshold(offer) }))
    .toSorted(
      (a, b) =>
        Number(a.isBelow === true) - Number(b.isBelow === true) || compareFit(a.offer, b.offer),
    );
  return first ?? null;
}

/** Sorts the better fit first. An unknown chance counts as 0. IDs sort by age. */
export const compareFit = (a: OfferForPerson, b: OfferForPerson): number =>
  (b.chance ?? 0) - (a.chance ?? 0) || b.priority - a.priority || (a.id < b.id ? -1 : 1);

/** True if the chance is below the threshold; null if there is no score or no threshold. */
export const isBelowThreshold = ({
  chance,
  threshold,
}: Pick<OfferForPerson, "chance" | "threshold">): boolean | null =>
  chance === null || threshold === null ? null : chance < threshold;
