import { z } from "zod";
import { CampaignId, OfferId, SegmentId } from "../../platform/ids.ts";
import { OpenWindow } from "../../platform/time/index.ts";
import { withMessage } from "../../platform/message/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { storableText, visibleText } from "../../platform/text/index.ts";
import { Phone } from "../../people/phone/index.ts";

/** The campaign's name in the dialer's logs, screenings and permits. */
export const CampaignKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/);
export type CampaignKey = z.infer<typeof CampaignKey>;

/** Path where a dialer reads the calls of a running campaign. */
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

/** Days and hours of a campaign, in the time zone of the person called. */
export const CampaignHours = OpenWindow;
export type CampaignHours = z.infer<typeof CampaignHours>;

/** More are hard to review, and leave too few calls to judge each one by. */
export const MAX_OFFERS = 5;

/** The plan of a campaign, independent of its state. */
export const CampaignPlan = z.strictObject({
  key: CampaignKey,
  name: visibleText(80).pipe(z.string().min(1)),
  /** With several, each person gets the one that fits best. */
  offerIds: z
    .array(OfferId)
    .min(1)
    .max(MAX_OFFERS)
    .refine((ids) => new Set(ids).size === ids.length),
  segmentId: SegmentId,
  /** Key or ID. */
  seller: z.string().max(64),
  dialer: Dialer,
  /** The caller ID, in any format. */
  callerNumber: storableText(64).min(1),
  hours: CampaignHours,
  /** The label that the person's carrier shows with the call, and the contract for it. */
  label: storableText(64).default(""),
  labelContract: storableText(200).default(""),
  /** Maximum calls to a person in a number of days. Every call on record counts, with or without a campaign. */
  cap: z.strictObject({ calls: z.int().min(1).max(10), days: z.int().min(1).max(30) }),
  /** If two campaigns want the same person, the higher number calls. */
  priority: z.int().min(1).max(100),
  /**
   * Share of the people reached who may refuse, opt out or complain. The campaign pauses itself when the true
   * share is above it beyond chance (`exceedsLimit`).
   */
  refusalLimit: z.number().min(0.01).max(0.9),
});
export type CampaignPlan = z.infer<typeof CampaignPlan>;

/** A new campaign, or a changed draft: then `version` is the version that was opened. */
export const SaveCampaign = CampaignPlan.extend({
  campaign: z.object({ id: CampaignId, version: z.int().min(1) }).optional(),
});
export type SaveCampaign = z.infer<typeof SaveCampaign>;

export const CampaignReference = z.strictObject({ campaignId: CampaignId });
export type CampaignReference = z.infer<typeof CampaignReference>;

/** Reason for an act. A refusal needs one, so that the author knows what to fix. */
const reason = storableText(2_000).min(1);

/** Request of a person to do an act on a campaign. */
export const MoveCampaign = z.discriminatedUnion("act", [
  CampaignReference.extend({
    act: z.enum(["submit", "reopen", "start", "pause", "resume", "finish"]),
    reason: reason.optional(),
  }),
  // `seen` is the last step that the reviewer has seen. Nothing later is approved with it.
  CampaignReference.extend({
    act: z.literal("approve"),
    seen: z.uuid(),
    reason: reason.optional(),
  }),
  CampaignReference.extend({ act: z.literal("refuse"), reason }),
]);
export type MoveCampaign = z.infer<typeof MoveCampaign>;

/** An export of the phone numbers of a campaign, with a reason, which the audit trail shows. */
export const ExportCalls = CampaignReference.extend({ reason: storableText(500).min(10) });
export type ExportCalls = z.infer<typeof ExportCalls>;

/** Position of a page: the hand-over, and the person after whom the page begins. */
export const HandOverCursor = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\d{1,9}$/, withMessage("fault.cursor"));
export type HandOverCursor = z.infer<typeof HandOverCursor>;

/** Request for a page of the calls of a running campaign. */
export const HandOverCalls = z.strictObject({
  /**
   * `next` of the previous page, or `page` of an earlier page to start there again. If left out, a new hand-over
   * begins.
   */
  after: HandOverCursor.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type HandOverCalls = z.infer<typeof HandOverCalls>;

/** Permission to call one person, and what to say. */
const HandedOverCall = z.object({
  phone: Phone,
  permit: z.string(),
  expiresAt: z.date(),
  /** ID that the dialer repeats in its log. */
  screening: z.uuid(),
  /** The organization's own ID for the person. */
  contact: z.string().nullable(),
  language: z.string(),
  script: z.string(),
  /** The offer of the campaign that fits the person best. */
  offer: z.object({ id: OfferId, name: z.string() }),
});
export type HandedOverCall = z.infer<typeof HandedOverCall>;

/** A page of the calls of a running campaign. */
export const HandedOver = z
  .object({
    campaign: z.object({
      key: z.string(),
      name: z.string(),
      seller: z.string(),
      purpose: z.string(),
      dialer: Dialer,
      callerNumber: z.string(),
      label: z.string(),
    }),
    items: HandedOverCall.array(),
    /**
     * People of the page who are not handed over, such as those who may not be called now or whom a threshold holds
     * back.
     */
    leftOut: z.int(),
    /**
     * Cursor to start again where this page started. It hands over the people who may still be called, with fresh
     * permits. If some of them no longer may, the next people take their places.
     */
    page: HandOverCursor,
    /** Cursor of the next page. Null after the last. */
    next: HandOverCursor.nullable(),
  })
  .meta({ id: "HandedOver" });
export type HandedOver = z.infer<typeof HandedOver>;
