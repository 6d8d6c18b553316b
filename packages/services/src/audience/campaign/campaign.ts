import { CampaignHours, CampaignState } from "@ringfence/core/audience/campaign";
import { CampaignId, OfferId, SegmentId, SellerId } from "@ringfence/core/ids";
import { Dialer } from "@ringfence/core/account/organization";
import { RuleVersions } from "@ringfence/core/audience/segment";
import type { Transaction } from "@ringfence/db";
import { seesSeller } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** What a row is read with. */
export const withOffers = { offers: { orderBy: { offerId: "asc" } } } as const;

type Campaign = NonNullable<Awaited<ReturnType<Transaction["campaign"]["findFirst"]>>>;
type Row = Campaign & { offers: readonly { offerId: string; version: number | null }[] };

/** A campaign as its row says. */
export const planOf = ({ capCalls, capDays, ...row }: Row) => ({
  ...row,
  id: CampaignId.parse(row.id),
  state: CampaignState.parse(row.state),
  /** What it may propose, each by the version that was looked at when it was sent to review; null of a draft. */
  offers: row.offers.map(({ offerId, version }) => ({ id: OfferId.parse(offerId), version })),
  segmentId: SegmentId.parse(row.segmentId),
  /** All rules behind, as they were looked at when it was sent to review; null of a draft. */
  ruleVersions: RuleVersions.nullable().parse(row.ruleVersions),
  sellerId: SellerId.parse(row.sellerId),
  dialer: Dialer.parse(row.dialer),
  hours: CampaignHours.parse(row.hours),
  cap: { calls: capCalls, days: capDays },
});

export type KnownCampaign = ReturnType<typeof planOf>;

/**
 * A campaign by its id, or as the dialer names it, of a seller that the actor works for. One of another seller
 * looks the same as none.
 */
export async function requireCampaign(
  ctx: TransactionContext,
  by: { id: CampaignId } | { key: string },
): Promise<KnownCampaign> {
  const { db, organizationId } = ctx;
  const row = await db.campaign.findFirst({
    where: { organizationId, ...by },
    include: withOffers,
  });
  const campaign = row && planOf(row);
  if (campaign === null || !seesSeller(ctx.actor, campaign.sellerId)) {
    throw new ServiceError("not-found", { key: "campaign.not-found" });
  }
  return campaign;
}

/** Refuses an archived campaign: nothing is done with it before it is restored. */
export function requireUnarchived({ archivedAt }: Pick<KnownCampaign, "archivedAt">): void {
  if (archivedAt !== null) throw new ServiceError("conflict", { key: "campaign.is-archived" });
}

/** What is done with a campaign is done one after the other. */
export const lockCampaign = (
  { db, organizationId }: TransactionContext,
  id: CampaignId,
): Promise<unknown> =>
  db.$queryRaw`SELECT FROM campaign
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
