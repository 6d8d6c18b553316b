import type { HoldScope } from "@ringfence/core/desk/legal-hold";
import { useTranslations } from "next-intl";
import { Section } from "@/components/page-layout";
import { PlaceHold } from "./hold-actions";

type HoldSectionProps = { on: HoldScope; whyNot: string | undefined };

/** Section of a page in which an officer can place a legal hold on the page's subject. */
export function HoldSection({ on, whyNot }: HoldSectionProps) {
  const t = useTranslations("legalHold");
  return (
    <Section title={t("section")} aside={t("sectionNote")}>
      <div className="pt-3">
        <PlaceHold on={on} whyNot={whyNot} />
      </div>
    </Section>
  );
}
