import type { Rule } from "@ringfence/core/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import { formatDate } from "@/i18n/format-time";

export type RuleSource = { url: string; title: string };

type RuleLawProps = { rule: Rule; sources: Readonly<Record<string, RuleSource>> };

/** Shows where a rule is written, since when it applies, and how certain that is. */
export function RuleLaw({ rule, sources }: RuleLawProps) {
  const t = useTranslations("rules");
  const locale = useLocale();
  const day = (isoDate: string) => formatDate(locale, isoDate);
  const spans = [
    rule.effectiveFrom && t("since", { date: day(rule.effectiveFrom) }),
    rule.effectiveTo && t("until", { date: day(rule.effectiveTo) }),
    t(`marks.${rule.confidence}`),
  ].filter(Boolean);
  return (
    <span className="grid max-w-[20rem] gap-1">
      <span lang="en">{rule.citation}</span>
      <span className="text-sm text-muted">{spans.join(" · ")}</span>
      <RuleSources rule={rule} sources={sources} />
    </span>
  );
}

type RuleSourcesProps = { rule: Pick<Rule, "sources"> } & Pick<RuleLawProps, "sources">;

/** Links to the sources of a rule that are on the web. */
export function RuleSources({ rule, sources }: RuleSourcesProps) {
  const t = useTranslations("rules");
  return (
    <span className="flex flex-wrap gap-x-3 text-sm">
      {rule.sources.map((name) => {
        const source = sources[name];
        return (
          source?.url.startsWith("https://") && (
            <a key={name} href={source.url} title={source.title} rel="noreferrer">
              {t("source", { name })}
            </a>
          )
        );
      })}
    </span>
  );
}
