import { OfferId, SegmentId } from "@ringfence/core/ids";
import { Scripts } from "@ringfence/core/audience/offer";
import { PurposeKey } from "@ringfence/core/account/purpose";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

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

/** An offer that is not archived, by its version in force; or any by the version that was looked at. */
export async function requireOffer(
  ctx: TransactionContext,
  id: string,
  version: number | null = null,
  { isArchivedToo = false } = {},
): Promise<KnownOffer> {
  const [offer] = await offersOf(ctx, { id, version });
  if (offer === undefined || (version === null && offer.isArchived && !isArchivedToo)) {
    throw new ServiceError("not-found", { key: "offer.not-found" });
  }
  return offer;
}

/** The offers of a campaign, each by the version that was looked at, or by the one in force. */
export async function requireOffers(
  ctx: TransactionContext,
  offers: readonly { id: OfferId; version?: number | null }[],
  { isArchivedToo = false } = {},
): Promise<{ offers: KnownOffer[]; purpose: PurposeKey }> {
  const known: KnownOffer[] = [];
  for (const { id, version = null } of offers) {
    known.push(await requireOffer(ctx, id, version, { isArchivedToo }));
  }
  const [first] = known;
  if (first === undefined) throw new Error("a campaign of no offer");
  return { offers: known, purpose: first.purpose };
}

/** Calls of a campaign are screened for what they are about, so its offers are about the same. */
export function requireOnePurpose(offers: readonly KnownOffer[]) {
  const [first, ...others] = offers;
  const other = others.find(({ purpose }) => purpose !== first?.purpose);
  if (first === undefined || other === undefined) return;
  const values = { one: first.name, other: other.name };
  throw new ServiceError("conflict", { key: "campaign.purposes-differ", values }, "/offerIds");
}

/** Who takes up an offer and who puts it away follow one another. */
export const lockOffers = (
  { db, organizationId }: TransactionContext,
  ids: readonly OfferId[],
): Promise<unknown> =>
  db.$queryRaw`SELECT FROM offer
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])
    ORDER BY id FOR NO KEY UPDATE`;
