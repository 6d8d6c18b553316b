import { CampaignHours, CampaignState } from "@ringfence/core/audience/campaign";
import { CampaignId, OfferId, SegmentId, SellerId } from "@ringfence/core/ids";
import { Dialer } from "@ringfence/core/account/organization";
import { RuleVersions } from "@ringfence/core/audience/segment";
import type { Transaction } from "@ringfence/db";
import { ServiceError, type TransactionContext, canSeeSeller } from "../../platform/internal.ts";

/** Relations to load with a campaign. */
export const campaignRelations = { offers: { orderBy: { offerId: "asc" } } } as const;

type Campaign = NonNullable<Awaited<ReturnType<Transaction["campaign"]["findFirst"]>>>;
type Row = Campaign & { offers: readonly { offerId: string; version: number | null }[] };

/** Converts a row to a campaign. */
export const toCampaign = ({ capCalls, capDays, ...row }: Row) => ({
  ...row,
  id: CampaignId.parse(row.id),
  state: CampaignState.parse(row.state),
  /** Its offers, each with the version that was sent for review. Null in a draft. */
  offers: row.offers.map(({ offerId, version }) => ({ id: OfferId.parse(offerId), version })),
  segmentId: SegmentId.parse(row.segmentId),
  /** The versions of all rules when it was sent for review. Null in a draft. */
  ruleVersions: RuleVersions.nullable().parse(row.ruleVersions),
  sellerId: SellerId.parse(row.sellerId),
  dialer: Dialer.parse(row.dialer),
  hours: CampaignHours.parse(row.hours),
  cap: { calls: capCalls, days: capDays },
});

export type StoredCampaign = ReturnType<typeof toCampaign>;

/**
 * Loads a campaign by ID or key, archived ones too. Throws `not-found`, also for a campaign of a seller that the
 * actor does not work for.
 */
export async function loadCampaign(
  ctx: TransactionContext,
  by: { id: CampaignId } | { key: string },
): Promise<StoredCampaign> {
  const { db, organizationId } = ctx;
  const row = await db.campaign.findFirst({
    where: { organizationId, ...by },
    include: campaignRelations,
  });
  const campaign = row && toCampaign(row);
  if (campaign === null || !canSeeSeller(ctx.actor, campaign.sellerId)) {
    throw new ServiceError("not-found", { key: "campaign.not-found" });
  }
  return campaign;
}

/** Requires that a campaign is not archived. */
export function assertNotArchived({ archivedAt }: Pick<StoredCampaign, "archivedAt">): void {
  if (archivedAt !== null) throw new ServiceError("conflict", { key: "campaign.is-archived" });
}

/** Locks a campaign until the transaction ends, so that acts on it run one after another. */
export const lockCampaign = (
  { db, organizationId }: TransactionContext,
  id: CampaignId,
): Promise<unknown> =>
  db.$kysely
    .selectFrom("campaign")
    .select("id")
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .forUpdate()
    .execute();
