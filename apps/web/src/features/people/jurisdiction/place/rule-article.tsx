import type { RuleExamples } from "@ringfence/core/people/jurisdiction";
import type { RuleView } from "@ringfence/services/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import { type Fact, Facts } from "@/components/page-layout";
import { formatDate } from "@/i18n/format-time";
import { placeName } from "@/i18n/place-name";
import { type RuleSource, RuleSources } from "@/components/rule-law";
import { toRuleKey } from "../rule-groups";
import { RuleEffect, RuleSays } from "../rule-text";
import { describeExample, findBoundary, useExampleTexts } from "./example-words";

type RuleArticleProps = {
  listed: RuleView;
  examples: RuleExamples | undefined;
  sources: Readonly<Record<string, RuleSource>>;
  registryNames: Readonly<Record<string, string>>;
};

/** Shows a rule with a quote from the law, its doubts, and its examples. */
export function RuleArticle({ listed, examples, sources, registryNames }: RuleArticleProps) {
  const t = useTranslations("rules");
  const place = useTranslations("rulePlace");
  const locale = useLocale();
  const { rule } = listed;
  const day = (isoDate: string) => formatDate(locale, isoDate);
  const span = [
    rule.effectiveFrom && t("since", { date: day(rule.effectiveFrom) }),
    rule.effectiveTo && t("until", { date: day(rule.effectiveTo) }),
  ].filter(Boolean);
  const facts: Fact[] = [
    { name: place("effect"), value: <RuleEffect listed={listed} /> },
    {
      name: t("law"),
      value: <span lang="en">{rule.citation}</span>,
      notes: [span.join(", "), <RuleSources key="sources" rule={rule} sources={sources} />].filter(
        (note) => note !== "",
      ),
    },
    { name: place("mark"), value: `${rule.confidence}: ${t(`marks.${rule.confidence}`)}` },
    ...(rule.doubt === undefined
      ? []
      : [{ name: place("doubt"), value: <span lang="en">{rule.doubt}</span> }]),
    ...(rule.wouldSettle === undefined
      ? rule.confidence === "A"
        ? []
        : [{ name: place("wouldSettle"), value: place("settleByLaw") }]
      : [{ name: place("wouldSettle"), value: <span lang="en">{rule.wouldSettle}</span> }]),
    ...(rule.reviewedOn === undefined
      ? []
      : [{ name: place("reviewedOn"), value: day(rule.reviewedOn) }]),
  ];
  return (
    <article
      id={toRuleKey(listed)}
      className="grid max-w-[52rem] grid-cols-[minmax(0,1fr)] gap-2 [overflow-wrap:anywhere] border-b border-line py-4 print:block print:space-y-2"
    >
      <h3 className="text-base font-semibold">
        {t(`types.${rule.type}`)}{" "}
        <code className="font-mono text-sm font-normal break-all text-muted">{rule.id}</code>
      </h3>
      <RuleSays rule={rule} registryNames={registryNames} isOpen />
      {rule.quote && <Quote quote={rule.quote} />}
      <Facts facts={facts} />
      {examples && <Examples listed={listed} examples={examples} />}
    </article>
  );
}

/** The words of the law, and their English translation. */
function Quote({ quote }: { quote: NonNullable<RuleView["rule"]["quote"]> }) {
  const place = useTranslations("rulePlace");
  return (
    <figure className="grid gap-1 border-l-2 border-line-strong pl-3">
      <figcaption className="text-sm text-muted">{place("quote")}</figcaption>
      <blockquote lang={quote.language}>{quote.text}</blockquote>
      {quote.english && (
        <blockquote lang="en" className="text-sm text-muted">
          {quote.english}
        </blockquote>
      )}
    </figure>
  );
}

/** Two calls, one just inside the rule and one just outside, with their verdicts. */
function Examples({ listed: { rule }, examples }: { listed: RuleView; examples: RuleExamples }) {
  const locale = useLocale();
  const t = useTranslations("ruleExamples");
  const texts = useExampleTexts();
  const boundary = findBoundary(rule, examples);
  const place = placeName(locale, rule.jurisdiction);
  return (
    <div>
      <h4 className="text-sm font-semibold">
        {boundary === null ? t("title") : t("whyTime", { time: boundary, place })}
      </h4>
      <ul className="grid gap-1 pt-1 text-sm">
        {examples.map((example) => (
          <li key={example.at + example.why}>
            {describeExample(texts, example)}{" "}
            <span lang="en" className="text-muted">
              {example.why}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
