import { OfferId, SegmentId } from "@ringfence/core/ids";
import { Scripts } from "@ringfence/core/audience/offer";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { ServiceError, type TransactionContext } from "../../platform/internal.ts";
import { sql } from "kysely";

/** One version of an offer. `isArchived` is about the offer, whatever the version. */
export type OfferVersion = {
  id: OfferId;
  name: string;
  version: number;
  purpose: PurposeKey;
  /** Only people in this segment may get it; null for everyone. */
  eligibility: SegmentId | null;
  priority: number;
  scripts: Scripts;
  isArchived: boolean;
};

/**
 * Loads offers, archived ones too, sorted by name: all in their current versions, or only one, in the version asked
 * for. An offer without that version is left out.
 */
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

/**
 * Loads the current version of an offer that is not archived (with `includesArchived`, of any), or a given version of
 * any offer. Throws `not-found`.
 */
export async function loadOffer(
  ctx: TransactionContext,
  id: string,
  version: number | null = null,
  { includesArchived = false } = {},
): Promise<OfferVersion> {
  const [offer] = await loadOffers(ctx, { id, version });
  if (offer === undefined || (version === null && offer.isArchived && !includesArchived)) {
    throw new ServiceError("not-found", { key: "offer.not-found" });
  }
  return offer;
}

/**
 * Loads the offers of a campaign, each in the reviewed or the current version. `purpose` is that of the first: call
 * `assertOnePurpose` where offers may differ.
 */
export async function loadCampaignOffers(
  ctx: TransactionContext,
  offers: readonly { id: OfferId; version?: number | null }[],
  { includesArchived = false } = {},
): Promise<{ offers: OfferVersion[]; purpose: PurposeKey }> {
  const loaded: OfferVersion[] = [];
  for (const { id, version = null } of offers) {
    loaded.push(await loadOffer(ctx, id, version, { includesArchived }));
  }
  const [first] = loaded;
  if (first === undefined) throw new Error("a campaign of no offer");
  return { offers: loaded, purpose: first.purpose };
}

/** Requires that all offers have the same purpose, because the calls of a campaign are screened for one. */
export function assertOnePurpose(offers: readonly OfferVersion[]) {
  const [first, ...others] = offers;
  const other = others.find(({ purpose }) => purpose !== first?.purpose);
  if (first === undefined || other === undefined) return;
  const values = { one: first.name, other: other.name };
  throw new ServiceError("conflict", { key: "campaign.purposes-differ", values }, "/offerIds");
}

/** Locks offers until the transaction ends, so that using and archiving them run one after another. */
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
