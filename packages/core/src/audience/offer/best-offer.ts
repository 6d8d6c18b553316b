/** An offer that may be made to a person: `chance` is null of who has no score, and so is the threshold of none. */
export type OfferForPerson = {
  id: string;
  priority: number;
  chance: number | null;
  threshold: number | null;
};

/** The offer that is made, and whether its threshold would hold it back; null where nothing says so. */
export type BestOffer<T> = { offer: T; isBelow: boolean | null };

/**
 * The offer that fits a person best: of those that no threshold holds back, else of all, the one of the
 * highest chance. Of equal chances, and of who has none, the greater priority decides, then the older offer.
 * Null where there is none.
 */
export function bestOffer<T extends OfferForPerson>(offers: readonly T[]): BestOffer<T> | null {
  const [first] = offers
    .map((offer) => ({ offer, isBelow: isBelow(offer) }))
    .toSorted(
      (a, b) => Number(a.isBelow === true) - Number(b.isBelow === true) || byFit(a.offer, b.offer),
    );
  return first ?? null;
}

/** The one that fits better first; ids are in the order of time. */
export const byFit = (a: OfferForPerson, b: OfferForPerson): number =>
  (b.chance ?? 0) - (a.chance ?? 0) || b.priority - a.priority || (a.id < b.id ? -1 : 1);

export const isBelow = ({
  chance,
  threshold,
}: Pick<OfferForPerson, "chance" | "threshold">): boolean | null =>
  chance === null || threshold === null ? null : chance < threshold;
