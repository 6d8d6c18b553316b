import { CampaignHours, CampaignState } from "@ringfence/core/campaign";
import { CampaignId, OfferId, SegmentId, SellerId } from "@ringfence/core/ids";
import { Dialer } from "@ringfence/core/screening";
import { RuleVersions } from "@ringfence/core/segment";
import type { Transaction } from "@ringfence/db";

type Row = NonNullable<Awaited<ReturnType<Transaction["campaign"]["findFirst"]>>>;

/** A campaign as its row says. */
export const planOf = ({ capCalls, capDays, ...row }: Row) => ({
  ...row,
  id: CampaignId.parse(row.id),
  state: CampaignState.parse(row.state),
  offerId: OfferId.parse(row.offerId),
  segmentId: SegmentId.parse(row.segmentId),
  /** All rules behind, as they were looked at when it was sent to review; null of a draft. */
  ruleVersions: RuleVersions.nullable().parse(row.ruleVersions),
  sellerId: SellerId.parse(row.sellerId),
  dialer: Dialer.parse(row.dialer),
  hours: CampaignHours.parse(row.hours),
  cap: { calls: capCalls, days: capDays },
});

export type KnownCampaign = ReturnType<typeof planOf>;
