import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { createLoader, parseAsString } from "nuqs/server";
import type { RuleView } from "@ringfence/services/people/jurisdiction";
import { useTranslations } from "next-intl";
import { FilterChoice } from "@/components/filter-choice";
import { Filters } from "@/components/filters";
import { ListPage } from "@/components/list-page";
import { Empty, Section } from "@/components/page-layout";
import {
  type GroupComparison,
  compareRules,
} from "@/features/people/jurisdiction/compare/compare-rules";
import { toRuleKey } from "@/features/people/jurisdiction/rule-groups";
import { RuleEffect, RuleSays } from "@/features/people/jurisdiction/rule-text";
import { placeName } from "@/i18n/place-name";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ruleCompare");
  return { title: t("title") };
}

const load = createLoader({ left: parseAsString, right: parseAsString });

/** Compares the rules of two places, what differs first. */
export default async function ComparePage({ searchParams }: PageProps<"/rules/compare">) {
  await requireMember("rule.read");
  const [t, locale, law, { left, right }] = await Promise.all([
    getTranslations("ruleCompare"),
    getLocale(),
    api.jurisdiction.law(),
    load(searchParams),
  ]);
  const places = law.places
    .map((id) => ({ id, name: placeName(locale, id) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
  const [one, other] = [left, right].map((id) => places.find((place) => place.id === id));
  const choices = places.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      filters={
        <Filters label={t("filters")}>
          <FilterChoice param="left" label={t("first")} any={t("chooseFirst")} choices={choices} />
          <FilterChoice
            param="right"
            label={t("second")}
            any={t("chooseSecond")}
            choices={choices}
          />
        </Filters>
      }
    >
      {one === undefined || other === undefined ? (
        <Empty title={t("choose")}>{t("chooseBody")}</Empty>
      ) : (
        <Comparison
          left={one}
          right={other}
          registryNames={law.registryNames}
          compared={compareRules(
            await api.jurisdiction.rules({ jurisdiction: one.id }),
            await api.jurisdiction.rules({ jurisdiction: other.id }),
          )}
        />
      )}
    </ListPage>
  );
}

type Place = { id: string; name: string };

type ComparisonProps = {
  left: Place;
  right: Place;
  compared: readonly GroupComparison<RuleView>[];
  registryNames: Readonly<Record<string, string>>;
};

function Comparison({ left, right, compared, registryNames }: ComparisonProps) {
  const t = useTranslations("ruleCompare");
  const groups = useTranslations("rulePlace.groups");
  const different = compared.filter((group) => group.left.length + group.right.length > 0);
  const same = compared.filter(({ common }) => common.length > 0);
  return (
    <>
      {different.length === 0 && <Empty title={t("noDifference")} />}
      {different.map((group) => (
        <Section key={group.group} title={t("differs", { group: groups(group.group) })}>
          <div className="grid gap-x-8 lg:grid-cols-2">
            <Side place={left} rules={group.left} registryNames={registryNames} />
            <Side place={right} rules={group.right} registryNames={registryNames} />
          </div>
        </Section>
      ))}
      {same.length > 0 && (
        <Section title={t("common")}>
          <RuleList rules={same.flatMap(({ common }) => common)} registryNames={registryNames} />
        </Section>
      )}
    </>
  );
}

type RuleListProps = Pick<ComparisonProps, "registryNames"> & { rules: readonly RuleView[] };

/** The rules that one of the places has and the other has not. */
function Side({ place, ...list }: RuleListProps & { place: Place }) {
  const t = useTranslations("ruleCompare");
  return (
    <div>
      <h3 className="pt-3 text-base font-semibold">
        <Link href={`/rules/${place.id}`}>{place.name}</Link>
      </h3>
      {list.rules.length === 0 ? (
        <p className="py-2.5 text-muted">{t("nothingMore")}</p>
      ) : (
        <RuleList {...list} />
      )}
    </div>
  );
}

function RuleList({ rules, registryNames }: RuleListProps) {
  const t = useTranslations("rules");
  return (
    <ul>
      {rules.map((listed) => (
        <li key={toRuleKey(listed)} className="grid gap-1 border-b border-line py-2.5">
          <b className="font-medium">{t(`types.${listed.rule.type}`)}</b>
          <RuleSays rule={listed.rule} registryNames={registryNames} />
          <span className="text-sm text-muted">
            <RuleEffect listed={listed} /> · <span lang="en">{listed.rule.citation}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
