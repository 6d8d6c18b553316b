import {
  type CheckResult,
  findCheckNumber,
  type ChecksSummary,
  toCheckTitle,
  type FormEvidence,
  type Ground,
} from "@ringfence/core/consents/form-check";
import {
  fromStoredMessage,
  type Locale,
  say,
  type StoredMessage,
} from "@ringfence/core/platform/message";

const marks = { fail: "FAIL", "cannot-tell": "ASK ", pass: "ok  ", "not-applicable": "-   " };
const order = ["fail", "cannot-tell", "pass", "not-applicable"] as const;
const INDENT = " ".repeat(9);

/**
 * Reports the results in words: faults first, each with its place in the page and the law behind
 * it.
 */
export function report(
  results: readonly CheckResult[],
  { places }: ChecksSummary,
  language: Locale,
): string {
  const sorted = order.flatMap((result) =>
    results.filter(({ finding }) => finding.result === result),
  );
  const verdicts = places.map(({ jurisdiction, mayPublish, blockedBy, openQuestions, warnings }) =>
    [
      `${jurisdiction.padEnd(6)} ${mayPublish ? "may be published" : "may not be published"}`,
      ...list("blocked by", blockedBy),
      ...list("to be answered", openQuestions),
      ...list("warned of", warnings),
    ].join("; "),
  );
  return [
    ...sorted.map((result) => formatResult(result, language).join("\n")),
    "",
    ...verdicts,
  ].join("\n");
}

const list = (what: string, checks: readonly CheckResult["check"][]) =>
  checks.length === 0 ? [] : [`${what} ${checks.map(findCheckNumber).join(", ")}`];

function formatResult(
  { check, finding, severities, grounds }: CheckResult,
  language: Locale,
): string[] {
  const words = (message: StoredMessage) => say(language, fromStoredMessage(message));
  const costs = Object.entries(severities).map(([place, severity]) => `${place} ${severity}`);
  const number = String(findCheckNumber(check)).padStart(2);
  const head = `${marks[finding.result]} ${number}  ${say(language, toCheckTitle(check))}`;
  switch (finding.result) {
    case "pass":
      return [head];
    case "not-applicable":
      return [`${head}: ${words(finding.because)}`];
    case "fail":
      return indented(`${head} (${costs.join(", ")})`, [
        ...finding.faults.map(({ message }) => words(message)),
        ...finding.evidence.map(describePlace),
        formatCitations(grounds),
      ]);
    case "cannot-tell":
      return indented(`${head} (${costs.join(", ")})`, [
        words(finding.question),
        ...finding.evidence.map(describePlace),
        formatCitations(grounds),
      ]);
  }
}

const indented = (head: string, lines: readonly string[]) => [
  head,
  ...lines.map((line) => INDENT + line),
];

function describePlace({ selector, quote, layout, values }: FormEvidence): string {
  const measured = Object.entries(values ?? {}).flatMap(([name, value]) =>
    value === "" ? [] : [`${name} ${value}`],
  );
  const width = layout === undefined ? [] : [`at ${layout === "wide" ? 1280 : 320} px`];
  const parts = [selector ?? "", ...width, ...measured, quote === undefined ? "" : `“${quote}”`];
  return `> ${parts.filter((part) => part !== "").join(" · ")}`;
}

const formatCitations = (grounds: readonly Ground[]) =>
  grounds.map(({ citation, mark }) => `${citation} [${mark}]`).join("; ");
