import type { RuleDecision } from "@ringfence/services/people/jurisdiction";
import { useFormatter, useTranslations } from "next-intl";
import { useTime } from "../use-time";

/** A decision, with the rule or the place that it is about. */
type DecisionShown = RuleDecision & { what: string };

/** Lists what officers decided about rules, the latest first: those that hold and those that are over. */
export function DecisionList({ decisions }: { decisions: readonly DecisionShown[] }) {
  const t = useTranslations("ruleHistory");
  if (decisions.length === 0) return <p className="py-2.5 text-muted">{t("noDecision")}</p>;
  return (
    <ol>
      {decisions.map((decision) => (
        <Decision key={decision.id} decision={decision} />
      ))}
    </ol>
  );
}

function Decision({ decision }: { decision: DecisionShown }) {
  const t = useTranslations("ruleHistory");
  const time = useTime();
  const { from, until, by, endedBy, reason } = decision;
  const started = by
    ? t("startedBy", { at: time(from), name: by })
    : t("started", { at: time(from) });
  return (
    <li className="grid gap-0.5 border-b border-line py-2.5">
      <h3 className="text-base font-semibold">{useTitle(decision)}</h3>
      {reason && <p className="max-w-[46rem] whitespace-pre-line">{reason}</p>}
      <p className="text-sm text-muted">
        {started}{" "}
        {until === null
          ? t("holds")
          : endedBy
            ? t("endedBy", { at: time(until), name: endedBy })
            : t("ended", { at: time(until) })}
      </p>
    </li>
  );
}

function useTitle(decision: DecisionShown): string {
  const t = useTranslations("ruleHistory");
  const format = useFormatter();
  const day = (isoDate: string) =>
    format.dateTime(new Date(isoDate), { dateStyle: "long", timeZone: "UTC" });
  const { kind, what } = decision;
  if (kind === "eased") return t("eased", { rule: what });
  if (kind === "emergency") return t("emergency", { place: what });
  const [first, last] = [day(decision.first), day(decision.last)];
  return first === last
    ? t("closedDay", { place: what, first })
    : t("closedDays", { place: what, first, last });
}
