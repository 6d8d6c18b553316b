import { z } from "zod";
import { CampaignId, ContactId, ScreeningId } from "../../platform/ids.ts";
import { type Reason, ReasonCode, isAboutHours } from "../../calling/screening/index.ts";

/*
 * A preview of a coming law: calls of the last days, and the people of running campaigns, judged by the law of a later
 * day instead of today's. Nothing else is changed, and nothing is allowed by it.
 */

/** Days of past calls that a preview can look at. */
const spans = [7, 30] as const;

export const RequestLawPreview = z.object({
  /** The day whose law is looked at. */
  day: z.iso.date(),
  span: z.literal(spans).default(7),
});
export type RequestLawPreview = z.infer<typeof RequestLawPreview>;

/** Asks for the previews of a day. */
export const ListLawPreviews = RequestLawPreview.pick({ day: true });
export type ListLawPreviews = z.infer<typeof ListLawPreviews>;

/** Number of calls or people that today's law (`before`) and the law of the day (`after`) refuse for a reason. */
const ReasonCount = z.object({ reason: ReasonCode, before: z.int(), after: z.int() });

const PreviewCounts = z.object({
  /** Calls or people whose facts could be looked at. */
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
    /** All calls that were screened in the time; those judged are the newest of them. */
    found: z.int(),
    /** Calls that cannot be judged any more: their number, seller or purpose is gone. */
    unknown: z.int(),
  }),
  campaigns: z.array(
    PreviewCounts.extend({
      campaignId: CampaignId,
      /** People of its segment; those judged are a part of them, evenly chosen. */
      people: z.int(),
    }),
  ),
  /** Running campaigns that were left out because there are too many. */
  campaignsLeftOut: z.int(),
});
export type LawPreviewResult = z.infer<typeof LawPreviewResult>;

/** A call, or a person of a campaign, for whom the law of the day decides otherwise. */
export const PreviewRow = z.object({
  screeningId: ScreeningId.nullable(),
  campaignId: CampaignId.nullable(),
  contactId: ContactId.nullable(),
  /** True if the law of the day refuses what today's allows; false for the opposite. */
  isRefused: z.boolean(),
  /** Reasons of the law that refuses, each once; for a person, those of all phones. */
  reasons: z.array(z.object({ reason: ReasonCode, rule: z.string().nullable() })),
});
export type PreviewRow = z.infer<typeof PreviewRow>;

/** Reasons for which today's law (`before`) and the law of the day (`after`) refuse one call. */
export type TwoVerdicts = { before: readonly Reason[]; after: readonly Reason[] };

/** Finds the difference between the two verdicts; null if both allow or both refuse. */
export function compareTwoVerdicts({
  before,
  after,
}: TwoVerdicts): Pick<PreviewRow, "isRefused" | "reasons"> | null {
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

/** Counts verdicts by two laws. */
export function countTwoVerdicts(all: readonly TwoVerdicts[]): PreviewCounts {
  const count = (isCounted: (verdicts: TwoVerdicts) => boolean) => all.filter(isCounted).length;
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
 * Leaves out reasons about the time of the call. A campaign calls its people at times that are not known yet, so only
 * what holds at every hour is compared.
 */
export const withoutTimeReasons = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.filter((reason) => !isAboutHours(reason));

/** Joins the verdicts on the phones of a person: one that may be called is enough. */
export const joinVerdictsOfPhones = (phones: readonly TwoVerdicts[]): TwoVerdicts => ({
  before: joinReasons(phones.map(({ before }) => before)),
  after: joinReasons(phones.map(({ after }) => after)),
});

const joinReasons = (ofPhones: readonly (readonly Reason[])[]): readonly Reason[] =>
  ofPhones.some(isAllowed) ? [] : ofPhones.flat();
