import type { SaveCampaign } from "@ringfence/core/audience/campaign";
import type { OfferId } from "@ringfence/core/ids";

type Ids = Pick<SaveCampaign, "segmentId"> & { offerId: OfferId };

/** Plan for seller `acme` at all hours that calls nobody twice within three days. */
export const aPlan = (
  { segmentId, offerId }: Ids,
  more: Partial<SaveCampaign> = {},
): SaveCampaign => ({
  key: "spring",
  name: "Spring loans",
  seller: "acme",
  dialer: "live_agent",
  callerNumber: "+12025550199",
  hours: { days: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], from: "00:00", to: "24:00" },
  label: "",
  labelContract: "",
  cap: { calls: 1, days: 3 },
  priority: 50,
  refusalLimit: 0.1,
  segmentId,
  offerIds: [offerId],
  ...more,
});
