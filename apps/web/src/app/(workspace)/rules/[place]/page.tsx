import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import type { PlaceView } from "@ringfence/services/calling/policy";
import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { ButtonLink } from "@/components/buttons";
import { PrintButton } from "@/components/client-buttons";
import { LocalTime } from "@/components/dates";
import { DetailPage } from "@/components/detail-page";
import { Empty, Section } from "@/components/page-layout";
import { PrintedBy } from "@/components/printed-by";
import { Clock, DayName, DayWords, WeekMap } from "@/features/people/jurisdiction/place/clocks";
import { RuleArticle } from "@/features/people/jurisdiction/place/rule-article";
import {
  ruleGroups,
  selectRulesInGroup,
  toRuleKey,
} from "@/features/people/jurisdiction/rule-groups";
import { formatDate } from "@/i18n/format-time";
import { placeName } from "@/i18n/place-name";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { JurisdictionId } from "@ringfence/core/people/jurisdiction";

export async function generateMetadata({ params }: PageProps<"/rules/[place]">): Promise<Metadata> {
  const [{ place }, locale] = await Promise.all([params, getLocale()]);
  return { title: placeName(locale, place) };
}

/** All rules of one place, on a page that can be printed. */
export default async function PlacePage({ params }: PageProps<"/rules/[place]">) {
  const member = await requireMember("rule.read");
  const id = JurisdictionId.safeParse((await params).place).data ?? notFound();
  const [t, locale, law] = await Promise.all([
    getTranslations("rulePlace"),
    getLocale(),
    api.jurisdiction.law(),
  ]);
  const name = placeName(locale, id);
  if (!law.places.includes(id)) return <UnknownPlace name={name} />;
  const [view, rules] = await Promise.all([
    api.policy.place({ jurisdiction: id }),
    api.jurisdiction.rules({ jurisdiction: id }),
  ]);
  return (
    <div className="paper">
      <div>
        <PrintedBy member={member} at={view.at} />
        <DetailPage
          title={name}
          note={t("note", { date: formatDate(locale, law.asOf) })}
          actions={
            <>
              <ButtonLink href={`/rules?place=${id}`} size="small">
                {t("decide")}
              </ButtonLink>
              <ButtonLink href={`/rules/compare?left=${id}`} size="small">
                {t("compare")}
              </ButtonLink>
              <PrintButton>{t("print")}</PrintButton>
            </>
          }
        >
          <Related view={view} />
          {law.regions.some(({ jurisdiction }) => jurisdiction === id) && (
            <p className="max-w-[46rem] pt-3">{t("strictestRegion")}</p>
          )}
          <Now view={view} />
          <Days view={view} />
          {ruleGroups.map((group) => (
            <Section key={group} title={t(`groups.${group}`)}>
              {selectRulesInGroup(rules, group).map((listed) => (
                <RuleArticle
                  key={toRuleKey(listed)}
                  listed={listed}
                  examples={listed.isKept ? undefined : view.examples[listed.rule.id]}
                  sources={law.sources}
                  registryNames={law.registryNames}
                />
              ))}
              {selectRulesInGroup(rules, group).length === 0 && (
                <p className="py-2.5 text-muted">{t(`noRules.${group}`)}</p>
              )}
            </Section>
          ))}
          <p lang="en" className="max-w-[46rem] py-4 text-sm text-muted">
            {law.disclaimer}
          </p>
        </DetailPage>
      </div>
      <p className="foot text-xs break-all text-muted">
        {t.rich("foot", {
          place: name,
          time: () => <LocalTime instant={view.at} precision="evidence" />,
          hash: () => <code className="font-mono break-all whitespace-normal">{view.ruleSet}</code>,
        })}
      </p>
    </div>
  );
}

/** Says that calls to a place without rules are refused. */
function UnknownPlace({ name }: { name: string }) {
  const t = useTranslations("rulePlace");
  return (
    <DetailPage title={name} actions={<ButtonLink href="/rules">{t("allRules")}</ButtonLink>}>
      <Empty title={t("unknown")}>{t("unknownBody")}</Empty>
    </DetailPage>
  );
}

/** Links to the country of a state, or to the states of a country. */
function Related({ view: { lineage, parts } }: { view: PlaceView }) {
  const t = useTranslations("rulePlace");
  const locale = useLocale();
  const links = (ids: readonly string[]) => (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {ids.map((id) => (
        <Link key={id} href={`/rules/${id}`}>
          {placeName(locale, id)}
        </Link>
      ))}
    </span>
  );
  const parents = lineage.slice(1);
  return (
    <div className="grid max-w-[60rem] gap-2 text-sm">
      {parents.length > 0 && (
        <div>
          {t("parents")} {links(parents)}
        </div>
      )}
      {parts.length > 0 && (
        <div>
          {t("parts")} {links(parts)}
        </div>
      )}
    </div>
  );
}

/** The clocks of a place: whether calls are possible now, and the map of the week. */
function Now({ view: { clocks, at, isBanned, hasSellerPolicies } }: { view: PlaceView }) {
  const t = useTranslations("rulePlace");
  return (
    <Section title={t("now")} aside={t("nowNote")}>
      {isBanned && (
        <div className="pt-3">
          <Banner tone="bad" title={t("banned")}>
            {t("bannedBody")}
          </Banner>
        </div>
      )}
      {hasSellerPolicies && <p className="max-w-[46rem] py-2.5">{t("sellerPolicies")}</p>}
      {clocks.length === 0 && <p className="py-2.5 text-muted">{t("noClock")}</p>}
      <ul className="grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
        {clocks.map((clock) => (
          <Clock key={clock.zones.join(" ")} clock={clock} at={at} />
        ))}
      </ul>
      {listWeeks(clocks).map((clock) => (
        <WeekMap key={clock.zones.join(" ")} clock={clock} />
      ))}
    </Section>
  );
}

/** Joins clocks that have the same week. */
const listWeeks = (clocks: PlaceView["clocks"]) =>
  [...Map.groupBy(clocks, ({ week }) => JSON.stringify(week)).values()].flatMap((same) =>
    same
      .slice(0, 1)
      .map((clock) => ({ week: clock.week, zones: same.flatMap(({ zones }) => zones) })),
  );

/** Days of the next twelve months on which nobody may be called, or for a shorter time. */
function Days({ view: { specialDays, closedDays } }: { view: PlaceView }) {
  const t = useTranslations("rulePlace");
  const locale = useLocale();
  /** Names the regions that an officer closed on a day; empty if the whole place is closed. */
  const nameClosedRegions = (date: string) => {
    const closed = closedDays.filter(({ first, last }) => first <= date && date <= last);
    if (closed.some(({ region }) => region === null)) return "";
    return closed.flatMap(({ region }) => region && placeName(locale, region)).join(", ");
  };
  const sayWhoClosed = (regions: string) =>
    regions === "" ? t("closedByOfficer") : t("closedByOfficerIn", { regions });
  return (
    <Section title={t("days")} aside={t("daysNote")}>
      {specialDays.length === 0 ? (
        <p className="py-2.5 text-muted">{t("noDays")}</p>
      ) : (
        <ul className="grid gap-x-8 gap-y-1 pt-3 sm:grid-cols-2 lg:grid-cols-3">
          {specialDays.map((day) => (
            <li key={day.date}>
              <b className="font-medium">
                <DayName date={day.date} hasYear />
              </b>
              : <DayWords spans={day.spans} />{" "}
              <span className="text-sm text-muted">
                {day.rules.length === 0
                  ? sayWhoClosed(nameClosedRegions(day.date))
                  : day.rules
                      .map((rule) => (rule.startsWith("policy.") ? t("ownHours") : rule))
                      .join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
