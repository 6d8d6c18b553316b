import type { ComingChange, WatchItem } from "@ringfence/core/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";
import { type Fact, Facts } from "@/components/page-layout";
import { type RuleSource, RuleSources } from "@/components/rule-law";
import { formatDate } from "@/i18n/format-time";
import { placeName } from "@/i18n/place-name";
import { RuleSays } from "../rule-text";

/** Returns a function that says in a line what changes, where, and from when. */
export function useChangeTitle() {
  const t = useTranslations("comingChanges");
  const types = useTranslations("rules.types");
  const locale = useLocale();
  return (change: ComingChange): string => {
    const place = placeName(locale, change.jurisdiction);
    if (change.kind === "watched") {
      return t("title.watched", { place, title: change.item.title[locale] });
    }
    const type = types(change.rule.type);
    if (change.kind === "bill" || change.day === null) return t("title.bill", { place, type });
    return t(`title.${change.kind}`, { place, type, date: formatDate(locale, change.day) });
  };
}

type ChangeProps = {
  change: ComingChange;
  sources: Readonly<Record<string, RuleSource>>;
  registryNames: Readonly<Record<string, string>>;
};

/** Shows a coming change: what it says, which law has it, and how certain it is. */
export function ChangeText({ change, sources, registryNames }: ChangeProps) {
  const t = useTranslations("comingChanges");
  return (
    <div className="grid max-w-[46rem] grid-cols-[minmax(0,1fr)] gap-1.5">
      {change.law !== "both" && <p>{t(`law.${change.law}`)}</p>}
      {change.kind === "watched" ? (
        <Watched item={change.item} sources={sources} />
      ) : (
        <RuleChange {...{ change, sources, registryNames }} />
      )}
    </div>
  );
}

type RuleChangeProps = ChangeProps & { change: Exclude<ComingChange, { kind: "watched" }> };

/** Shows the rule that begins or ends, beside the one that it replaces. */
function RuleChange({ change, sources, registryNames }: RuleChangeProps) {
  const t = useTranslations("comingChanges");
  const rules = useTranslations("rules");
  const { rule } = change;
  const facts: Fact[] = [
    ...(change.kind === "replaced"
      ? [{ name: t("until"), value: <RuleSays {...{ registryNames }} rule={change.former} /> }]
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
function Watched({ item, sources }: { item: WatchItem; sources: ChangeProps["sources"] }) {
  const t = useTranslations("comingChanges");
  const rules = useTranslations("rules");
  const locale = useLocale();
  const { changes, status, citation, confidence, doubt, would_settle: wouldSettle } = item;
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

/** Open questions, in the language of the data. */
function useDoubts(doubt: string | undefined, wouldSettle: string | undefined): Fact[] {
  const place = useTranslations("rulePlace");
  return [
    ...(doubt === undefined ? [] : [{ name: place("doubt"), value: inEnglish(doubt) }]),
    ...(wouldSettle === undefined
      ? []
      : [{ name: place("wouldSettle"), value: inEnglish(wouldSettle) }]),
  ];
}
