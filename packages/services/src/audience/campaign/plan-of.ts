import { CampaignHours, CampaignState } from "@ringfence/core/audience/campaign";
import { CampaignId, OfferId, SegmentId, SellerId } from "@ringfence/core/ids";
import { Dialer } from "@ringfence/core/calling/screening";
import { RuleVersions } from "@ringfence/core/audience/segment";
import type { Transaction } from "@ringfence/db";

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
