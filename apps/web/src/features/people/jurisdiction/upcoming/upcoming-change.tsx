import type { UpcomingChange, WatchItem } from "@ringfence/core/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import { type Fact, Facts } from "@/components/page-layout";
import { type RuleSource, RuleSources } from "@/components/rule-law";
import { RuleSays } from "../rule-text";

type ChangeProps = {
  change: UpcomingChange;
  sources: Readonly<Record<string, RuleSource>>;
  registryNames: Readonly<Record<string, string>>;
};

/** Shows the text of an upcoming change, which law contains it, and how certain it is. */
export function ChangeText({ change, sources, registryNames }: ChangeProps) {
  const t = useTranslations("upcomingChanges");
  return (
    <div className="grid max-w-[46rem] grid-cols-[minmax(0,1fr)] gap-1.5">
      {change.law !== "both" && <p>{t(`law.${change.law}`)}</p>}
      {change.kind === "watched" ? (
        <WatchedItem item={change.item} sources={sources} />
      ) : (
        <RuleChange {...{ change, sources, registryNames }} />
      )}
    </div>
  );
}

type RuleChangeProps = ChangeProps & { change: Exclude<UpcomingChange, { kind: "watched" }> };

/** Shows the rule that begins or ends, and the rule that it replaces. */
function RuleChange({ change, sources, registryNames }: RuleChangeProps) {
  const t = useTranslations("upcomingChanges");
  const rules = useTranslations("rules");
  const { rule } = change;
  const facts: Fact[] = [
    ...(change.kind === "replaced"
      ? [{ name: t("until"), value: <RuleSays {...{ registryNames }} rule={change.predecessor} /> }]
      : []),
    {
      name: change.kind === "ends" ? t("until") : t("from"),
      value: <RuleSays {...{ rule, registryNames }} />,
    },
    {
      name: rules("law"),
      value: <span lang="en">{rule.citation}</span>,
      notes: [
        rules(`marks.${rule.confidence}`),
        <RuleSources key="sources" {...{ rule, sources }} />,
      ],
    },
    ...useDoubts(rule.doubt, rule.wouldSettle),
  ];
  return <Facts facts={facts} />;
}

/** Shows an item of the watch list. */
function WatchedItem({ item, sources }: { item: WatchItem; sources: ChangeProps["sources"] }) {
  const t = useTranslations("upcomingChanges");
  const rules = useTranslations("rules");
  const locale = useLocale();
  const { changes, status, citation, confidence, doubt, would_settle: wouldSettle } = item;
  const notComputed = item.no_draft?.[locale];
  const facts: Fact[] = [
    { name: t("status"), value: t(`statuses.${status}`) },
    {
      name: rules("law"),
      value: citation,
      notes: [
        rules(`marks.${confidence}`),
        <RuleSources key="sources" rule={item} {...{ sources }} />,
      ],
    },
    ...(notComputed === undefined ? [] : [{ name: t("notComputed"), value: notComputed }]),
    ...useDoubts(doubt, wouldSettle),
  ];
  return (
    <>
      <p>{changes[locale]}</p>
      <Facts facts={facts} />
    </>
  );
}

const inEnglish = (text: string) => <span lang="en">{text}</span>;

/** Returns the open questions about a change, in English like the data. */
function useDoubts(doubt: string | undefined, wouldSettle: string | undefined): Fact[] {
  const place = useTranslations("rulePlace");
  return [
    ...(doubt === undefined ? [] : [{ name: place("doubt"), value: inEnglish(doubt) }]),
    ...(wouldSettle === undefined
      ? []
      : [{ name: place("wouldSettle"), value: inEnglish(wouldSettle) }]),
  ];
}
