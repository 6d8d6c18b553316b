import { SaveCampaign } from "@ringfence/core/audience/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { typedText } from "@/components/typed-text";

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

/** What a form says of a campaign, as it is saved. */
export function planGiven(campaign: { id: CampaignId; version: number } | null, form: FormData) {
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
