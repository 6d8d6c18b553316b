import { type Locale, say } from "@ringfence/core/platform/message";
import type {
  BatchResponse,
  ReasonResponse,
  Reason,
  ScreeningResponse,
} from "@ringfence/core/calling/screening";
import type {
  BatchResult as Batch,
  ScreeningResult as Screening,
} from "@ringfence/services/calling/screening";

const tellReason = (locale: Locale, { message, ...reason }: Reason): ReasonResponse => ({
  ...reason,
  sentence: say(locale, message),
});

/** Puts the answer of a screening into words. */
export const tellScreening = (
  locale: Locale,
  { refusals, warnings, ...answer }: Screening,
): ScreeningResponse => ({
  ...answer,
  refusals: refusals.map((refusal) => tellReason(locale, refusal)),
  warnings: warnings.map((warning) => tellReason(locale, warning)),
});

export const tellBatch = (locale: Locale, { results, counts }: Batch): BatchResponse => ({
  results: results.map((result) => tellScreening(locale, result)),
  counts,
});
