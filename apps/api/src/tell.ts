import { type Locale, say } from "@ringfence/core/platform/message";
import type {
  BatchAnswer,
  ReasonTold,
  Refusal,
  ScreeningAnswer,
} from "@ringfence/core/calling/screening";
import type {
  BatchAnswer as Batch,
  ScreeningAnswer as Screening,
} from "@ringfence/services/calling/screening";

const tellReason = (locale: Locale, { message, ...reason }: Refusal): ReasonTold => ({
  ...reason,
  sentence: say(locale, message),
});

/** The answer of a screening in words. */
export const tellScreening = (
  locale: Locale,
  { refusals, warnings, ...answer }: Screening,
): ScreeningAnswer => ({
  ...answer,
  refusals: refusals.map((refusal) => tellReason(locale, refusal)),
  warnings: warnings.map((warning) => tellReason(locale, warning)),
});

export const tellBatch = (locale: Locale, { results, counts }: Batch): BatchAnswer => ({
  results: results.map((result) => tellScreening(locale, result)),
  counts,
});
