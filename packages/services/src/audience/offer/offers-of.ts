import { OfferId, SegmentId } from "@ringfence/core/ids";
import { Scripts } from "@ringfence/core/audience/offer";
import { PurposeKey } from "@ringfence/core/account/purpose";
import type { TransactionContext } from "../../platform/context.ts";

/** An offer as it was in one of its versions. */
export type KnownOffer = {
  id: OfferId;
  name: string;
  version: number;
  purpose: PurposeKey;
  eligibility: SegmentId | null;
  priority: number;
  scripts: Scripts;
  isArchived: boolean;
};

/** Offers by name, each by its version in force, or one of them by another. */
export async function offersOf(
  { db, organizationId }: TransactionContext,
  only?: { id: string; version?: number | null },
): Promise<KnownOffer[]> {
  const offers = await db.offer.findMany({
    where: { organizationId, ...(only && { id: only.id }) },
    orderBy: { name: "asc" },
  });
  const versions = await db.offerVersion.findMany({
    where: {
      organizationId,
      OR: offers.map(({ id, version }) => ({ offerId: id, number: only?.version ?? version })),
    },
  });
  return offers.flatMap(({ id, archivedAt }) => {
    const row = versions.find(({ offerId }) => offerId === id);
    if (row === undefined) return [];
    return {
      id: OfferId.parse(id),
      name: row.name,
      version: row.number,
      purpose: PurposeKey.parse(row.purpose),
      priority: row.priority,
      eligibility: SegmentId.nullable().parse(row.eligibilityId),
      scripts: Scripts.parse(row.scripts),
      isArchived: archivedAt !== null,
    };
  });
}
