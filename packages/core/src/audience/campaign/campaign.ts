import { z } from "zod";
import { CampaignId, OfferId, SegmentId } from "../../platform/ids.ts";
import { OpenWindow } from "../../platform/time/index.ts";
import { said } from "../../platform/message/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { storableText } from "../../platform/text/index.ts";

/** As the dialer names it: in its logs, in screenings, in permits. */
export const CampaignKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/);
export type CampaignKey = z.infer<typeof CampaignKey>;

/** Where a dialer is handed the calls of a campaign that runs. */
export const campaignCallsPath = (key: string) => `/v1/campaigns/${key}/calls`;

export const CampaignState = z.enum([
  "draft",
  "in-review",
  "approved",
  "running",
  "paused",
  "done",
]);
export type CampaignState = z.infer<typeof CampaignState>;

/** Days and hours of a campaign, by the clock of whoever is called. */
export const CampaignHours = OpenWindow;
export type CampaignHours = z.infer<typeof CampaignHours>;

/** More are hard to review, and few calls are left to tell each by. */
export const MOST_OFFERS = 5;

/** What a campaign is, whatever becomes of it. */
export const CampaignPlan = z.strictObject({
  key: CampaignKey,
  name: storableText(80).min(1),
  /** Of several, each person is made the one that fits them best. */
  offerIds: z
    .array(OfferId)
    .min(1)
    .max(MOST_OFFERS)
    .refine((ids) => new Set(ids).size === ids.length),
  segmentId: SegmentId,
  /** Key or id. */
  seller: z.string().max(64),
  dialer: Dialer,
  /** The number that the dialer shows, as people write it. */
  callerNumber: storableText(64).min(1),
  hours: CampaignHours,
  /** What the person's operator shows with the call, and the contract by which it does. */
  label: storableText(64).default(""),
  labelContract: storableText(200).default(""),
  /** At most so many calls to a person in so many days, whichever campaign placed them. */
  cap: z.strictObject({ calls: z.int().min(1).max(10), days: z.int().min(1).max(30) }),
  /** Of two campaigns a person is called by the one with the greater. */
  priority: z.int().min(1).max(100),
  /** The share of people reached who may refuse before it pauses itself. */
  refusalLimit: z.number().min(0.01).max(0.9),
});
export type CampaignPlan = z.infer<typeof CampaignPlan>;

/** A new campaign, or a draft that is changed: then `version` is the one that was opened. */
export const SaveCampaign = CampaignPlan.extend({
  campaign: z.object({ id: CampaignId, version: z.int().min(1) }).optional(),
});
export type SaveCampaign = z.infer<typeof SaveCampaign>;

export const AskCampaign = z.strictObject({ campaignId: CampaignId });
export type AskCampaign = z.infer<typeof AskCampaign>;

/** Why it goes back to be a draft, or is paused: so that its author can mend it. */
const reason = storableText(2_000).min(1);

/** What a person does with a campaign. */
export const MoveCampaign = z.discriminatedUnion("act", [
  AskCampaign.extend({
    act: z.enum(["submit", "reopen", "start", "pause", "resume", "finish"]),
    reason: reason.optional(),
  }),
  // `seen`: the last step of what was looked at, for nothing else is approved.
  AskCampaign.extend({ act: z.literal("approve"), seen: z.uuid(), reason: reason.optional() }),
  AskCampaign.extend({ act: z.literal("refuse"), reason }),
]);
export type MoveCampaign = z.infer<typeof MoveCampaign>;

/** The numbers of a campaign are taken away as a file for a reason that others can read. */
export const ExportCalls = AskCampaign.extend({ reason: storableText(500).min(10) });
export type ExportCalls = z.infer<typeof ExportCalls>;

/** Where a page of a hand-over begins: which hand-over, and behind whom. */
export const HandOverCursor = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\d{1,9}$/, said("fault.cursor"));
export type HandOverCursor = z.infer<typeof HandOverCursor>;

/** A page of the calls of a campaign that runs. */
export const HandOverCalls = z.strictObject({
  /** `next` of the page before, or `page` of one that is asked for again; left out, a hand-over begins. */
  after: HandOverCursor.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type HandOverCalls = z.infer<typeof HandOverCalls>;
