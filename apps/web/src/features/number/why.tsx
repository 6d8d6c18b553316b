import type { Judged } from "@ringfence/services/phone";
import { useTranslations } from "next-intl";
import { gatesOf } from "@/components/fence/gates-of";
import { Section } from "@/components/section";
import { Reasons } from "./reasons";

/** All that stands in the way, the first that stops it first; then what is only to be known. */
export function Why({ answer }: { answer: Judged["answer"] }) {
  const t = useTranslations("number");
  const { refusals, warnings } = answer;
  const isAllowed = refusals.length === 0;
  return (
    <Section title={isAllowed ? t("whyYes") : t("whyNot", { count: refusals.length })}>
      {isAllowed ? (
        <p className="border-b border-line py-2.5 text-md">
          {t("whyYesBody", { count: gatesOf(answer).length })}
        </p>
      ) : (
        <Reasons reasons={refusals} answer={answer} />
      )}
      {warnings.length > 0 && (
        <>
          <h3 className="pt-4 text-muted">{t("toKnow")}</h3>
          <Reasons reasons={warnings} answer={answer} />
        </>
      )}
    </Section>
  );
}
