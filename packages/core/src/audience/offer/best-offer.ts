/**
 * An offer that may be made to a person. `chance` is null without a score, `threshold` is null without a
 * threshold.
 */
export type OfferForPerson = {
  id: string;
  priority: number;
  chance: number | null;
  threshold: number | null;
};

/** The chosen offer, and whether it is below its threshold. Null if unknown. */
export type BestOffer<T> = { offer: T; isBelow: boolean | null };

/**
 * Chooses the offer that fits a person best: the highest chance among those above their threshold, else
 * among all. Ties, and people without a score, go by priority, then by the older offer. Null if there is no
 * offer.
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

/** Sorts the better fit first. IDs sort by age. */
export const compareFit = (a: OfferForPerson, b: OfferForPerson): number =>
  (b.chance ?? 0) - (a.chance ?? 0) || b.priority - a.priority || (a.id < b.id ? -1 : 1);

export const isBelowThreshold = ({
  chance,
  threshold,
}: Pick<OfferForPerson, "chance" | "threshold">): boolean | null =>
  chance === null || threshold === null ? null : chance < threshold;
