import type { ExplainedRule, explainPerson } from "@ringfence/services/audience/segment";
import { useTranslations } from "next-intl";
import { Verdict } from "@/components/verdict";
import { Section } from "@/components/page-layout";
import { Check, X } from "lucide-react";
import { Icon } from "@/components/icons";
import type { ScreeningResponse } from "@ringfence/core/calling/screening";
import { FenceStrip } from "@/components/fence/fence";

type Explained = Awaited<ReturnType<typeof explainPerson>>;

/** Tells whether a person of a segment may be called, or else the first step that stops them. */
export function PersonVerdict({ person: { place, rule } }: { person: Explained }) {
  const t = useTranslations("segmentPerson");
  const waterfall = useTranslations("waterfall");
  const isIn = rule.holds ? "yes" : "no";
  return (
    <Verdict verdict={place === "callable" ? "allow" : "refuse"} meta={t("live")}>
      {place === "callable"
        ? t("callable", { isIn })
        : t("stopped", { isIn, step: waterfall(`steps.${place}`) })}
    </Verdict>
  );
}

type ExplainedScore = Awaited<ReturnType<typeof explainPerson>>;

/** Shows how likely a person is to accept a call, and the traits that make the difference. */
export function PersonScore({ score }: Pick<ExplainedScore, "score">) {
  const t = useTranslations("segmentPerson");
  if (score === null) {
    return (
      <Section title={t("relevance")}>
        <p className="pt-2.5 text-muted">{t("noScore")}</p>
      </Section>
    );
  }
  const { chance, drivers, isLearned } = score;
  return (
    <Section title={t("relevance")} aside={t(isLearned ? "byModel" : "byDocumented")}>
      <p className="pt-2.5">{t("chance", { chance })}</p>
      {drivers.length === 0 ? (
        <p className="text-muted">{t("usual")}</p>
      ) : (
        <ul className="list-disc ps-5 pt-1">
          {drivers.map((driver) => (
            <li key={driver}>{driver}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Shows for each part of a rule whether it holds for the person. */
export const RuleExplained = ({ rule }: { rule: ExplainedRule }) => (
  <ul className="pt-2.5">
    <Part part={rule} />
  </ul>
);

function Part({ part: { is, sentence, holds, of } }: { part: ExplainedRule }) {
  const t = useTranslations("segmentPerson");
  const isGroup = is === "all" || is === "any" || is === "none";
  return (
    <li className="py-1">
      <p className="flex gap-2">
        <Icon
          of={holds ? Check : X}
          className={`mt-0.5 shrink-0 ${holds ? "text-allow" : "text-refuse"}`}
        />
        <span>
          <span className={holds ? "text-allow" : "text-refuse"}>{t(holds ? "yes" : "no")}</span>
          {": "}
          {isGroup ? <b>{t(`joints.${is}`)}</b> : sentence}
        </span>
      </p>
      {of.length > 0 && (
        <ul className="ml-2 border-l border-line pl-4">
          {of.map((part, index) => (
            // Parts have no key but their position.
            // oxlint-disable-next-line react/no-array-index-key
            <Part key={index} part={part} />
          ))}
        </ul>
      )}
    </li>
  );
}

type ScreenedPhoneProps = { number: string | null; answer: ScreeningResponse };

/** Shows one phone of a person and the screening of a call to it now. */
export function ScreenedPhone({ number, answer }: ScreenedPhoneProps) {
  const t = useTranslations("segmentPerson");
  return (
    <div className="border-b border-line py-2.5">
      <p className="pb-1.5">
        <b className="whitespace-nowrap">{number}</b>{" "}
        <span className={answer.verdict === "allow" ? "text-allow" : "text-refuse"}>
          {t(answer.verdict)}
        </span>
      </p>
      <FenceStrip answer={answer} />
    </div>
  );
}
