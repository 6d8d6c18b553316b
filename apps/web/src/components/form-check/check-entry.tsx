import {
  type CheckAnswer,
  type CheckResult,
  type FormEvidence,
  findCheckNumber,
  toCheckTitle,
} from "@ringfence/core/consents/form-check";
import { type StoredMessage, fromStoredMessage } from "@ringfence/core/platform/message";
import { Check, CircleQuestionMark, type LucideIcon, Minus, TriangleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "../icon";
import { MessageText } from "../message-text";
import { AnswerQuestion } from "./answer-question";
import type { GroupName } from "./group-checks";

const looks: Record<GroupName, { icon: LucideIcon; ink: string }> = {
  blocks: { icon: X, ink: "text-refuse" },
  warns: { icon: TriangleAlert, ink: "text-warn" },
  questions: { icon: CircleQuestionMark, ink: "text-ink" },
  passed: { icon: Check, ink: "text-allow" },
  unasked: { icon: Minus, ink: "text-muted" },
};

type CheckEntryProps = {
  result: CheckResult;
  group: GroupName;
  answer: CheckAnswer | undefined;
  onAnswer: ((answer: CheckAnswer) => void) | undefined;
};

/**
 * Shows a check: its requirement, the finding and its place, the consequences by jurisdiction, and the
 * law.
 */
export function CheckEntry({ result, group, answer, onAnswer }: CheckEntryProps) {
  const t = useTranslations("formChecks");
  const { check, finding, grounds } = result;
  const { icon, ink } = looks[group];
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5 border-b border-line py-3">
      <Icon of={icon} className={`mt-1 ${ink}`} />
      <div className="grid grid-cols-1 gap-1.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <b>
            <MessageText message={toCheckTitle(check)} />
          </b>
          <span className={`text-sm font-medium ${ink}`}>{t(`state.${group}`)}</span>
          <span className="text-sm text-muted">
            {[t("number", { number: findCheckNumber(check) }), ...useCosts(result, group)].join(
              " · ",
            )}
          </span>
        </p>
        {saidBy(result).map((message) => (
          <p key={JSON.stringify(message)} className="max-w-[46rem] wrap-anywhere">
            <MessageText message={fromStoredMessage(message)} />
          </p>
        ))}
        {finding.evidence.length > 0 && <Evidence items={finding.evidence} />}
        <p className="text-xs text-muted">
          {grounds.map(({ citation, mark }) => `${citation} (${mark})`).join("; ")}
        </p>
        {answer !== undefined && finding.result === "cannot-tell" && (
          <p className="text-sm">
            <b>{t("answer.given", { holds: String(answer.holds) })}</b>. {answer.note}
          </p>
        )}
        {group === "questions" && onAnswer !== undefined && (
          <AnswerQuestion check={check} onAnswer={onAnswer} />
        )}
      </div>
    </li>
  );
}

/** Lists the jurisdictions where a failed check blocks publication, and those where it warns. */
function useCosts({ severities }: CheckResult, group: GroupName): string[] {
  const t = useTranslations("formChecks");
  if (group === "passed" || group === "unasked") return [];
  const listPlaces = (severity: string) =>
    Object.entries(severities)
      .filter(([, found]) => found === severity)
      .map(([place]) => place)
      .join(", ");
  const [blocks, warns] = [listPlaces("block"), listPlaces("warn")];
  return [
    ...(blocks === "" ? [] : [t("blocksIn", { places: blocks })]),
    ...(warns === "" ? [] : [t("warnsIn", { places: warns })]),
  ];
}

function saidBy({ finding }: CheckResult): readonly StoredMessage[] {
  switch (finding.result) {
    case "pass":
      return [];
    case "fail":
      return finding.faults.map(({ message }) => message);
    case "cannot-tell":
      return [finding.question];
    case "not-applicable":
      return [finding.because];
  }
}

function Evidence({ items }: { items: readonly FormEvidence[] }) {
  const t = useTranslations("formChecks");
  const shown = items.filter(
    ({ quote, selector }) => quote !== undefined || selector !== undefined,
  );
  return (
    <ul className="grid grid-cols-1 gap-1 text-sm text-muted">
      {shown.map((item) => (
        <li
          key={JSON.stringify(item)}
          className="border-l-2 border-line-strong pl-2.5 wrap-anywhere"
        >
          {item.quote !== undefined && <q>{item.quote}</q>}{" "}
          {item.selector !== undefined && (
            <code className="text-xs whitespace-normal">{item.selector}</code>
          )}{" "}
          {item.layout !== undefined && t(`at.${item.layout}`)}
        </li>
      ))}
    </ul>
  );
}
