import type { CampaignPlan } from "@ringfence/core/audience/campaign";

/** What a campaign can be made of. */
export type CampaignChoices = {
  offers: readonly { id: string; name: string }[];
  segments: readonly { id: string; name: string }[];
  sellers: readonly { key: string; name: string }[];
};

/** A plan as the form shows it: of a new one, offers and segment are not chosen yet. */
export type PlanShown = Omit<CampaignPlan, "offerIds" | "segmentId"> & {
  offerIds?: readonly string[];
  segmentId?: string;
};

export const emptyPlan: Omit<PlanShown, "seller"> = {
  key: "",
  name: "",
  dialer: "live_agent",
  callerNumber: "",
  hours: { days: ["MO", "TU", "WE", "TH", "FR"], from: "10:00", to: "18:00" },
  label: "",
  labelContract: "",
  cap: { calls: 2, days: 30 },
  priority: 50,
  refusalLimit: 0.2,
};
