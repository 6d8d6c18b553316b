import {
  type CheckResult,
  type ChecksSummary,
  type FormReport,
  summarizeChecks,
} from "@ringfence/core/consents/form-check";

export type GroupName = "blocks" | "questions" | "warns" | "passed" | "unasked";

/** Groups in order: first those that need a person, last those that need nobody. */
export const groupNames = [
  "blocks",
  "questions",
  "warns",
  "passed",
  "unasked",
] as const satisfies readonly GroupName[];

/** Groups checks by their effect on the form. An officer's answer to a question counts as the result. */
export function groupChecks(report: FormReport): {
  summary: ChecksSummary;
  groups: ReadonlyMap<GroupName, readonly CheckResult[]>;
} {
  const summary = summarizeChecks(report);
  const open = new Set(summary.questions);
  const blocking = new Set(summary.places.flatMap(({ blockedBy }) => blockedBy));
  const warning = new Set(summary.places.flatMap(({ warnings }) => warnings));
  const chooseGroup = ({ check, finding }: CheckResult): GroupName => {
    if (finding.result === "not-applicable") return "unasked";
    if (open.has(check)) return "questions";
    if (blocking.has(check)) return "blocks";
    return warning.has(check) ? "warns" : "passed";
  };
  return { summary, groups: Map.groupBy(report.results, chooseGroup) };
}
