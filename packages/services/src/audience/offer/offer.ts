import { OfferId, SegmentId } from "@ringfence/core/ids";
import { Scripts } from "@ringfence/core/audience/offer";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { ServiceError, type TransactionContext } from "../../platform/internal.ts";
import { sql } from "kysely";

/** One version of an offer. */
export type OfferVersion = {
  id: OfferId;
  name: string;
  version: number;
  purpose: PurposeKey;
  eligibility: SegmentId | null;
  priority: number;
  scripts: Scripts;
  isArchived: boolean;
};

/** Loads offers by name in their current versions, or one of them in another version. */
export async function loadOffers(
  { db, organizationId }: TransactionContext,
  only?: { id: string; version?: number | null },
): Promise<OfferVersion[]> {
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

/** Loads an offer: the current version if not archived, or the version that was reviewed. */
export async function loadOffer(
  ctx: TransactionContext,
  id: string,
  version: number | null = null,
  { isArchivedToo = false } = {},
): Promise<OfferVersion> {
  const [offer] = await loadOffers(ctx, { id, version });
  if (offer === undefined || (version === null && offer.isArchived && !isArchivedToo)) {
    throw new ServiceError("not-found", { key: "offer.not-found" });
  }
  return offer;
}

/** Loads the offers of a campaign, each in the reviewed or the current version. */
export async function loadCampaignOffers(
  ctx: TransactionContext,
  offers: readonly { id: OfferId; version?: number | null }[],
  { isArchivedToo = false } = {},
): Promise<{ offers: OfferVersion[]; purpose: PurposeKey }> {
  const known: OfferVersion[] = [];
  for (const { id, version = null } of offers) {
    known.push(await loadOffer(ctx, id, version, { isArchivedToo }));
  }
  const [first] = known;
  if (first === undefined) throw new Error("a campaign of no offer");
  return { offers: known, purpose: first.purpose };
}

/** Requires that all offers have the same purpose, because the calls of a campaign are screened for one. */
export function assertOnePurpose(offers: readonly OfferVersion[]) {
  const [first, ...others] = offers;
  const other = others.find(({ purpose }) => purpose !== first?.purpose);
  if (first === undefined || other === undefined) return;
  const values = { one: first.name, other: other.name };
  throw new ServiceError("conflict", { key: "campaign.purposes-differ", values }, "/offerIds");
}

/** Locks offers, so that using and archiving them run one after another. */
export const lockOffers = (
  { db, organizationId }: TransactionContext,
  ids: readonly OfferId[],
): Promise<unknown> =>
  db.$kysely
    .selectFrom("offer")
    .select("id")
    .where("organizationId", "=", organizationId)
    .where("id", "=", sql<string>`ANY (${[...ids]}::uuid[])`)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
