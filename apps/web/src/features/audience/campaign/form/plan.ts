import { type CampaignPlan, SaveCampaign } from "@ringfence/core/audience/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { typedText } from "@/components/typed-text";

/** Offers, segments and sellers that a campaign may use. */
export type CampaignChoices = {
  offers: readonly { id: string; name: string }[];
  segments: readonly { id: string; name: string }[];
  sellers: readonly { key: string; name: string }[];
};

/** A plan in the form. In a new one, offers and segment are not chosen yet. */
export type PlanDraft = Omit<CampaignPlan, "offerIds" | "segmentId"> & {
  offerIds?: readonly string[];
  segmentId?: string;
};

export const emptyPlan: Omit<PlanDraft, "seller"> = {
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

const texts = [
  "key",
  "name",
  "segmentId",
  "seller",
  "dialer",
  "callerNumber",
  "label",
  "labelContract",
] as const;

/** Parses the form into the input of the command that saves a campaign. */
export function parsePlan(campaign: { id: CampaignId; version: number } | null, form: FormData) {
  const text = (name: string) => typedText(form, name);
  return SaveCampaign.safeParse({
    ...(campaign && { campaign: { id: campaign.id, version: campaign.version } }),
    ...Object.fromEntries(texts.map((name) => [name, text(name)])),
    offerIds: form.getAll("offerIds"),
    hours: { days: form.getAll("days"), from: text("from"), to: text("to") },
    cap: { calls: Number(text("capCalls")), days: Number(text("capDays")) },
    priority: Number(text("priority")),
    refusalLimit: Number(text("refusalLimit")) / 100,
  });
}
