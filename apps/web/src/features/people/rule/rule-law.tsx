import type { Rule } from "@ringfence/core/people/jurisdiction";
import { useFormatter, useTranslations } from "next-intl";

export type RuleSource = { url: string; title: string };

type RuleLawProps = { rule: Rule; sources: Readonly<Record<string, RuleSource>> };

/** Where a rule is written, since when it holds, and how surely that is known. */
export function RuleLaw({ rule, sources }: RuleLawProps) {
  const t = useTranslations("rules");
  const format = useFormatter();
  const day = (isoDate: string) =>
    format.dateTime(new Date(`${isoDate}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  const spans = [
    rule.effectiveFrom && t("since", { date: day(rule.effectiveFrom) }),
    rule.effectiveTo && t("until", { date: day(rule.effectiveTo) }),
    t(`marks.${rule.confidence}`),
  ].filter(Boolean);
  return (
    <span className="grid max-w-[20rem] gap-1">
      <span lang="en">{rule.citation}</span>
      <span className="text-sm text-muted">{spans.join(" · ")}</span>
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
    </span>
  );
}
