import { z } from "zod";
import { CampaignId, ContactId, ScreeningId } from "../../platform/ids.ts";
import { type Reason, ReasonCode, isAboutHours } from "../../calling/screening/index.ts";

/*
 * Previews of upcoming law, and of a draft of a policy. Recent calls, and the people in running campaigns, are judged by
 * the law of a later day instead of today's, or under the draft instead of the policy in force. All other facts stay the
 * same, and no permit is given.
 */

/** Numbers of past days whose calls a preview can check. */
const spans = [1, 7, 30] as const;

export const RequestLawPreview = z.object({
  /** The day whose law is previewed. */
  day: z.iso.date(),
  span: z.literal(spans).default(7),
});
export type RequestLawPreview = z.infer<typeof RequestLawPreview>;

/** Selects the previews of a day. */
export const ListLawPreviews = RequestLawPreview.pick({ day: true });
export type ListLawPreviews = z.infer<typeof ListLawPreviews>;

/** Requests a preview of a draft of a policy, as it is now. */
export const RequestPolicyPreview = z.object({
  draftId: z.uuid(),
  span: z.literal(spans).default(7),
});
export type RequestPolicyPreview = z.infer<typeof RequestPolicyPreview>;

/** Selects the previews of a draft, as it is now. */
export const ListPolicyPreviews = RequestPolicyPreview.pick({ draftId: true });

/** Names the draft that a preview judges by, and its rules: another version of the draft has another preview. */
export const formatPreviewedDraft = (draftId: string, hash: string) => `${draftId}.${hash}`;

/** Number of calls or people refused for a reason: as judged now (`before`), and by what is previewed (`after`). */
const ReasonCount = z.object({ reason: ReasonCode, before: z.int(), after: z.int() });

const PreviewCounts = z.object({
  /** Calls or people that could be judged. */
  judged: z.int(),
  refusedBefore: z.int(),
  refusedAfter: z.int(),
  newlyRefused: z.int(),
  newlyAllowed: z.int(),
  reasons: z.array(ReasonCount),
});
export type PreviewCounts = z.infer<typeof PreviewCounts>;

export const LawPreviewResult = z.object({
  calls: PreviewCounts.extend({
    /** All calls screened in those days. The newest of them are judged. */
    found: z.int(),
    /** Calls that can no longer be judged, because their number, seller or purpose no longer exists. */
    unknown: z.int(),
  }),
  campaigns: z.array(
    PreviewCounts.extend({
      campaignId: CampaignId,
      /** People in its segment. Those judged are an even sample of them. */
      people: z.int(),
    }),
  ),
  /** Number of running campaigns that were left out because there are too many. */
  campaignsLeftOut: z.int(),
});
export type LawPreviewResult = z.infer<typeof LawPreviewResult>;

/** A call, or a person in a campaign, with a different result by what is previewed. */
export const PreviewRow = z.object({
  screeningId: ScreeningId.nullable(),
  campaignId: CampaignId.nullable(),
  contactId: ContactId.nullable(),
  /** True if it is allowed now and refused by what is previewed; false for the opposite. */
  isRefused: z.boolean(),
  /** Reasons of the verdict that refuses, without repetitions. For a person, the reasons for all phones. */
  reasons: z.array(z.object({ reason: ReasonCode, rule: z.string().nullable() })),
});
export type PreviewRow = z.infer<typeof PreviewRow>;

/**
 * Reasons for which one call is refused: as judged now (`before`), and by what is previewed (`after`). None allows it.
 */
export type VerdictPair = { before: readonly Reason[]; after: readonly Reason[] };

/** Finds the difference between the two verdicts; null if both allow or both refuse. */
export function compareVerdictPair({
  before,
  after,
}: VerdictPair): Pick<PreviewRow, "isRefused" | "reasons"> | null {
  const isRefused = after.length > 0;
  if (isRefused === before.length > 0) return null;
  const reasons = new Map(
    (isRefused ? after : before).map(({ reason, rule = null }) => [
      `${reason} ${rule}`,
      { reason, rule },
    ]),
  );
  return { isRefused, reasons: [...reasons.values()] };
}

const isAllowed = (reasons: readonly Reason[]) => reasons.length === 0;

const has = (reasons: readonly Reason[], code: ReasonCode) =>
  reasons.some(({ reason }) => reason === code);

/** Counts the verdicts of both sides of each pair. */
export function countVerdictPairs(all: readonly VerdictPair[]): PreviewCounts {
  const count = (isCounted: (verdicts: VerdictPair) => boolean) => all.filter(isCounted).length;
  return {
    judged: all.length,
    refusedBefore: count(({ before }) => !isAllowed(before)),
    refusedAfter: count(({ after }) => !isAllowed(after)),
    newlyRefused: count(({ before, after }) => isAllowed(before) && !isAllowed(after)),
    newlyAllowed: count(({ before, after }) => !isAllowed(before) && isAllowed(after)),
    reasons: ReasonCode.options.flatMap((reason) => {
      const before = count((verdicts) => has(verdicts.before, reason));
      const after = count((verdicts) => has(verdicts.after, reason));
      return before + after === 0 ? [] : { reason, before, after };
    }),
  };
}

/**
 * Leaves out reasons about the time of the call. It is not known yet when a campaign will call its people, so only
 * reasons that apply at every hour are compared.
 */
export const omitTimeReasons = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.filter((reason) => !isAboutHours(reason));

/** Combines the verdicts on a person's phones: one phone that may be called is enough. */
export const combinePhoneVerdicts = (phones: readonly VerdictPair[]): VerdictPair => ({
  before: joinReasons(phones.map(({ before }) => before)),
  after: joinReasons(phones.map(({ after }) => after)),
});

const joinReasons = (phoneReasons: readonly (readonly Reason[])[]): readonly Reason[] =>
  phoneReasons.some(isAllowed) ? [] : phoneReasons.flat();
