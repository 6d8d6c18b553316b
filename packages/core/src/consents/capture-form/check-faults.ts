import { type CheckAnswer, type CheckResult, summarizeChecks } from "../form-check/index.ts";
import type { Message } from "../../platform/message/index.ts";
import { type CaptureFormKind, type CaptureFormSettings, isOnPage } from "./capture-form.ts";

/**
 * What of its checks stands against publication: a page of somebody's own has to be checked, and may
 * not collect where a blocking check failed, or waits for the answer of an officer.
 */
export function checkFaults(
  kind: CaptureFormKind,
  { origins, jurisdictions }: CaptureFormSettings,
  results: readonly CheckResult[] | null,
  answers: readonly CheckAnswer[],
): Message[] {
  if (results === null) {
    return isOnPage(kind) && origins.length > 0 ? [{ key: "form.unchecked" }] : [];
  }
  const { places } = summarizeChecks({ results, jurisdictions, answers });
  return places.flatMap(({ jurisdiction, blockedBy, openQuestions }) => [
    ...blockedBy.map((check): Message => {
      return { key: "form.check-failed", values: { check, jurisdiction } };
    }),
    ...openQuestions.map((check): Message => {
      return { key: "form.question-open", values: { check, jurisdiction } };
    }),
  ]);
}
