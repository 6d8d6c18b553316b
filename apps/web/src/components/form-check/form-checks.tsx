import type { CheckAnswer, FormReport } from "@ringfence/core/consents/form-check";
import { useTranslations } from "next-intl";
import { CheckEntry } from "./check-entry";
import { groupNames, groupChecks } from "./group-checks";
import { PlaceVerdicts } from "./place-verdicts";

type FormChecksProps = {
  report: FormReport;
  /** Missing if the member may look but not answer. */
  onAnswer?: (answer: CheckAnswer) => void;
};

/** Shows the result of a form's checks: where it may be published, and which checks prevent it. */
export function FormChecks({ report, onAnswer }: FormChecksProps) {
  const t = useTranslations("formChecks");
  const { summary, groups } = groupChecks(report);
  return (
    <section aria-label={t("label")}>
      <PlaceVerdicts places={summary.places} />
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
