"use client";
import {
  type CheckAnswer,
  type CheckId,
  type CheckResult,
  type FormEvidence,
  type FormReport,
  type PlaceSummary,
  findCheckNumber,
  toCheckTitle,
} from "@ringfence/core/consents/form-check";
import { useTranslations } from "next-intl";
import { type StoredMessage, fromStoredMessage } from "@ringfence/core/platform/message";
import {
  Ban,
  Check,
  CircleCheck,
  CircleQuestionMark,
  type LucideIcon,
  Minus,
  TriangleAlert,
  X,
} from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { type GroupName, groupChecks, groupNames } from "./group-form-checks";
import { Icon } from "./icons";
import { MessageText } from "./message-text";
import { Button } from "./buttons";
import { Field, RadioGroup, Textarea } from "./fields";

type PlaceNames = Readonly<Record<string, string>>;

type FormChecksProps = {
  report: FormReport;
  /** Names of jurisdictions, by id. */
  placeNames: PlaceNames;
  /** Missing if the member may look but not answer. */
  onAnswer?: (answer: CheckAnswer) => void;
};

/** Shows the result of a form's checks: where it may be published, and which checks prevent it. */
export function FormChecks({ report, placeNames, onAnswer }: FormChecksProps) {
  const t = useTranslations("formChecks");
  const { summary, groups } = groupChecks(report);
  return (
    <section aria-label={t("label")}>
      <PlaceVerdicts places={summary.places} names={placeNames} />
      {groupNames.map((name) => {
        const results = groups.get(name) ?? [];
        if (results.length === 0) return null;
        const entries = (
          <ol>
            {results.map((result) => (
              <CheckEntry
                key={result.check}
                result={result}
                group={name}
                placeNames={placeNames}
                answer={report.answers.findLast(({ check }) => check === result.check)}
                onAnswer={onAnswer}
              />
            ))}
          </ol>
        );
        const isQuiet = name === "passed" || name === "unasked";
        const title = t(`group.${name}`, { count: results.length });
        return isQuiet ? (
          <details key={name} className="mt-4">
            <summary className="cursor-pointer font-medium">{title}</summary>
            {entries}
          </details>
        ) : (
          <div key={name} className="mt-6">
            <h3 className="border-b border-line-strong pb-1.5">{title}</h3>
            {entries}
          </div>
        );
      })}
      <p className="mt-4 text-xs text-muted">{t("marks")}</p>
    </section>
  );
}

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
  placeNames: PlaceNames;
  answer: CheckAnswer | undefined;
  onAnswer: ((answer: CheckAnswer) => void) | undefined;
};

/**
 * Shows a check: its requirement, the finding and its place, the consequences by jurisdiction, and the
 * law.
 */
function CheckEntry({ result, group, placeNames, answer, onAnswer }: CheckEntryProps) {
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
            {[
              t("number", { number: findCheckNumber(check) }),
              ...useConsequences(result, group, placeNames),
            ].join(" · ")}
          </span>
        </p>
        {listFindingMessages(result).map((message) => (
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
function useConsequences(
  { severities }: CheckResult,
  group: GroupName,
  names: PlaceNames,
): string[] {
  const t = useTranslations("formChecks");
  if (group === "passed" || group === "unasked") return [];
  const listPlaces = (severity: string) =>
    Object.entries(severities)
      .filter(([, found]) => found === severity)
      .map(([place]) => names[place] ?? place)
      .join(", ");
  const [blocks, warns] = [listPlaces("block"), listPlaces("warn")];
  return [
    ...(blocks === "" ? [] : [t("blocksIn", { places: blocks })]),
    ...(warns === "" ? [] : [t("warnsIn", { places: warns })]),
  ];
}

function listFindingMessages({ finding }: CheckResult): readonly StoredMessage[] {
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

type AnswerQuestionProps = { check: CheckId; onAnswer: (answer: CheckAnswer) => void };

/** Asks a person where software cannot tell: yes or no, with a note. */
function AnswerQuestion({ check, onAnswer }: AnswerQuestionProps) {
  const t = useTranslations("formChecks.answer");
  const [isIncomplete, setIncomplete] = useState(false);

  function answer(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [holds, text] = [fields.get("holds"), fields.get("note")];
    const note = typeof text === "string" ? text.trim() : "";
    const isWhole = holds !== null && note !== "";
    setIncomplete(!isWhole);
    if (isWhole) onAnswer({ check, holds: holds === "yes", note });
  }
  return (
    <form onSubmit={answer} className="mt-1 grid max-w-[30rem] gap-3">
      <RadioGroup
        legend={t("legend")}
        radio={{ name: "holds" }}
        choices={[
          { value: "yes", label: t("yes") },
          { value: "no", label: t("no") },
        ]}
      />
      <Field label={t("note")} hint={t("noteHint")} fault={isIncomplete ? t("missing") : undefined}>
        {(wired) => <Textarea {...wired} name="note" rows={2} maxLength={1_000} />}
      </Field>
      <div>
        <Button type="submit">{t("send")}</Button>
      </div>
    </form>
  );
}

type PlaceVerdictsProps = { places: readonly PlaceSummary[]; names: PlaceNames };

/** Shows for each jurisdiction whether the form may be published there, and the number of problems. */
function PlaceVerdicts({ places, names }: PlaceVerdictsProps) {
  const t = useTranslations("formChecks");
  return (
    <ul className="grid gap-1">
      {places.map(({ jurisdiction, mayPublish, blockedBy, openQuestions, warnings }) => {
        const counts = [
          { name: "failed", count: blockedBy.length },
          { name: "open", count: openQuestions.length },
          { name: "warned", count: warnings.length },
        ] as const;
        const problems = counts
          .filter(({ count }) => count > 0)
          .map(({ name, count }) => t(name, { count }));
        return (
          <li key={jurisdiction} className="flex flex-wrap items-center gap-x-2">
            <b className="min-w-14">{names[jurisdiction] ?? jurisdiction}</b>
            <span
              className={`inline-flex items-center gap-1.5 font-medium ${mayPublish ? "text-allow" : "text-refuse"}`}
            >
              <Icon of={mayPublish ? CircleCheck : Ban} />
              {t(mayPublish ? "free" : "closed")}
            </span>
            {problems.length > 0 && (
              <span className="text-sm text-muted">{problems.join(", ")}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
