import type { OfferDetails } from "@ringfence/services/audience/offer";
import { useTranslations } from "next-intl";
import { Section } from "@/components/section";

/** Lists the scripts of an offer. */
export function ScriptList({ scripts }: Pick<OfferDetails, "scripts">) {
  const t = useTranslations("offers");
  const languages = useTranslations("scriptLanguages");
  return (
    <Section title={t("scripts")}>
      {(["en", "ru"] as const).map(
        (language) =>
          scripts[language] !== undefined && (
            <div key={language} className="grid gap-1 border-b border-line py-2.5">
              <h3 className="text-base font-semibold">{languages(language)}</h3>
              <p lang={language} className="max-w-[46rem] whitespace-pre-line">
                {scripts[language]}
              </p>
            </div>
          ),
      )}
    </Section>
  );
}
