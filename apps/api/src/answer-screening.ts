import { type Locale, say } from "@ringfence/core/platform/message";
import type {
  BatchResponse,
  Reason,
  ReasonResponse,
  ScreeningResponse,
} from "@ringfence/core/calling/screening";
import type {
  BatchResult as Batch,
  ScreeningResult as Screening,
} from "@ringfence/services/calling/screening";
import { answerErrors } from "./answer-errors.ts";
import { problems } from "./openapi/document-answers.ts";
import { CannotCheck } from "./problem.ts";

/**
 * Answers a screening that failed with an error status and the verdict "refuse", for clients that read the one or
 * the other.
 */
export const cannotCheckHandler = answerErrors({
  bug: "cannot-check",
  extraFields: (formatMessage): Pick<CannotCheck, "verdict" | "refusals"> => ({
    verdict: "refuse",
    refusals: [
      { reason: "cannot-check", sentence: formatMessage({ key: "refusal.cannot-check" }) },
    ],
  }),
});

/** Documents the answer of `cannotCheckHandler` for routes that screen. */
export const cannotCheckAnswers = problems(["cannot-check"], CannotCheck);

const formatReason = (locale: Locale, { message, ...reason }: Reason): ReasonResponse => ({
  ...reason,
  sentence: say(locale, message),
});

/** Replaces the message of each refusal and warning by a sentence, and leaves everything else as it is. */
export const formatScreening = (
  locale: Locale,
  { refusals, warnings, ...answer }: Screening,
): ScreeningResponse => ({
  ...answer,
  refusals: refusals.map((refusal) => formatReason(locale, refusal)),
  warnings: warnings.map((warning) => formatReason(locale, warning)),
});

export const formatBatch = (locale: Locale, { results, counts }: Batch): BatchResponse => ({
  results: results.map((result) => formatScreening(locale, result)),
  counts,
});
