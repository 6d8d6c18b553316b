import type { ScreeningAnswer } from "@ringfence/core/calling/screening";
import { useTranslations } from "next-intl";
import { Section } from "@/components/section";
import { OpenGates } from "./open-gates";
import { Reasons } from "./reasons";

/** All that stands in the way, the first that stops it first; or what lets it through. Then what is to be known. */
export function Why({ answer }: { answer: ScreeningAnswer }) {
  const t = useTranslations("number");
  const { refusals, warnings } = answer;
  const isAllowed = refusals.length === 0;
  return (
    <Section title={isAllowed ? t("whyYes") : t("whyNot", { count: refusals.length })}>
      {isAllowed ? <OpenGates answer={answer} /> : <Reasons reasons={refusals} answer={answer} />}
      {warnings.length > 0 && (
        <>
          <h3 className="pt-4 text-muted">{t("toKnow")}</h3>
          <Reasons reasons={warnings} answer={answer} />
        </>
      )}
    </Section>
  );
}
