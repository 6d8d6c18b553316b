import type { explainPerson } from "@ringfence/services/audience/segment";
import { useTranslations } from "next-intl";
import { Verdict } from "@/components/verdict";

type Explained = Awaited<ReturnType<typeof explainPerson>>;

/** Whether a person of a segment may be called, and the first step that stops them. */
export function PersonPlace({ person: { place, rule } }: { person: Explained }) {
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
