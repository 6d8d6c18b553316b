import type { CaptureFormSeen } from "@ringfence/services/capture-form";
import { useFormatter, useTranslations } from "next-intl";
import { Empty } from "@/components/empty";
import { Section } from "@/components/section";
import { AnswerCheck } from "./answer-check";

type Result = NonNullable<CaptureFormSeen["checks"]>[number];
type CheckListProps = {
  form: Pick<CaptureFormSeen, "id" | "checks" | "answers">;
  whyNot: string | undefined;
};

/** What the checks found of the page, what blocks first; and what waits for a person. */
export function CheckList({ form: { id, checks, answers }, whyNot }: CheckListProps) {
  const t = useTranslations("formChecks");
  const format = useFormatter();
  if (checks === null) {
    return (
      <Section title={t("title")}>
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      </Section>
    );
  }
  return (
    <Section title={t("title")} aside={t("aside", { count: checks.length })}>
      <ul>
        {checks.toSorted(worstFirst).map(({ check, finding, severities, grounds }) => {
          if (finding.result === "not-applicable") return null;
          const answer = answers.findLast((it) => it.check === check);
          return (
            <li key={check} className="grid gap-1 border-b border-line py-2.5">
              <p>
                <b>{t(`results.${finding.result}`)}</b> {check}
              </p>
              <p className="text-sm text-muted">
                {format.list(
                  Object.entries(severities).map(
                    ([place, severity]) => `${place}: ${t(`severities.${severity}`)}`,
                  ),
                )}
              </p>
              <p className="text-sm text-muted">
                {format.list(
                  grounds.map(({ citation }) => citation),
                  { type: "unit" },
                )}
              </p>
              {answer && (
                <p>
                  {t(answer.holds ? "holds" : "fails", {
                    name: answer.name ?? "",
                    note: answer.note,
                  })}
                </p>
              )}
              {finding.result === "cannot-tell" && (
                <AnswerCheck id={id} check={check} whyNot={whyNot} />
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

const ranks = { fail: 0, "cannot-tell": 1, pass: 2, "not-applicable": 3 };
const worstFirst = (a: Result, b: Result) => ranks[a.finding.result] - ranks[b.finding.result];
