import { type RegionOfRules, mayRefuse } from "@ringfence/core/people/jurisdiction";
import type { Locale } from "@ringfence/core/platform/message";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { createLoader, parseAsString } from "nuqs/server";
import { ButtonLink } from "@/components/buttons";
import { ListPage } from "@/components/list-page";
import { Empty, Section } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-choice";
import { Filters } from "@/components/filters";
import {
  AddClosedDay,
  type ClosablePlace,
  DeclareEmergency,
  EndClosedDay,
  EndEmergency,
  type Place,
} from "@/features/people/jurisdiction/list/rule-actions";
import { useTime } from "@/features/people/jurisdiction/words";
import { placeName } from "@/i18n/place-name";
import { RuleTable } from "@/features/people/jurisdiction/list/rule-table";
import { formatDate } from "@/i18n/format-time";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import type { ClosedDayView, EmergencyView } from "@ringfence/services/people/jurisdiction";
import { useLocale, useTranslations } from "next-intl";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rules");
  return { title: t("title") };
}

const load = createLoader({ place: parseAsString });

export default async function RulesPage({ searchParams }: PageProps<"/rules">) {
  const member = await requireMember("rule.read");
  const { places, home, shown } = await loadPlaces(searchParams);
  const [t, locale, easing, rules, law] = await Promise.all([
    getTranslations("rules"),
    getLocale(),
    whyNot(member, "rule.override"),
    api.jurisdiction.rules({ jurisdiction: shown.id }),
    api.jurisdiction.law(),
  ]);
  const refusing = rules.filter(({ rule }) => mayRefuse(rule));
  const others = rules.filter(({ rule }) => !mayRefuse(rule));
  const table = { registryNames: law.registryNames, sources: law.sources };
  return (
    <ListPage
      title={t("title")}
      note={t("note", { date: formatDate(locale, law.asOf) })}
      actions={
        <>
          <ButtonLink href="/rules/places">{t("allPlaces")}</ButtonLink>
          <ButtonLink href="/rules/coming">{t("coming")}</ButtonLink>
          <ButtonLink href="/rules/updates">{t("updates")}</ButtonLink>
          <ButtonLink href="/rules/history">{t("history")}</ButtonLink>
        </>
      }
      filters={
        <Filters
          label={t("filters")}
          aside={<Link href={`/rules/${shown.id}`}>{t("everything", { place: shown.name })}</Link>}
        >
          <FilterChoice
            param="place"
            label={t("place")}
            any={t("home", { place: home.name })}
            choices={places.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Filters>
      }
    >
      <Section title={t("refusing", { place: shown.name })} aside={t("refusingNote")}>
        {refusing.length === 0 ? (
          <Empty title={t("none")}>{t("noneBody")}</Empty>
        ) : (
          <RuleTable
            {...table}
            caption={t("refusing", { place: shown.name })}
            rules={refusing}
            refusing={{ whyNot: easing }}
          />
        )}
      </Section>
      <Declared {...{ member, places, shown }} />
      {others.length > 0 && (
        <Section title={t("shown")} aside={t("shownNote")}>
          <RuleTable {...table} caption={t("shown")} rules={others} />
        </Section>
      )}
      <p lang="en" className="max-w-[46rem] pt-4 text-sm text-muted">
        {law.disclaimer}
      </p>
    </ListPage>
  );
}

type DeclaredProps = {
  member: Awaited<ReturnType<typeof requireMember>>;
  places: readonly Place[];
  shown: Place;
};

/** Lists the emergencies and the days without calls that officers declared at short notice. */
async function Declared({ member, places, shown }: DeclaredProps) {
  const [t, locale, declaring, closing, emergencies, closedDays, law] = await Promise.all([
    getTranslations("rules"),
    getLocale(),
    whyNot(member, "emergency.declare"),
    whyNot(member, "closed-day.change"),
    api.jurisdiction.emergencies(),
    api.jurisdiction.closedDays(),
    api.jurisdiction.law(),
  ]);
  return (
    <>
      <Section title={t("emergencies")} aside={t("emergenciesNote")}>
        <Emergencies
          emergencies={emergencies}
          places={places.filter(({ id }) => law.placesWithEmergencyRules.includes(id))}
          shown={shown}
          whyNot={declaring}
        />
      </Section>
      <Section title={t("closedDays")} aside={t("closedDaysNote")}>
        <ClosedDays
          days={closedDays}
          places={listClosablePlaces(places, law.regions, locale)}
          shown={shown}
          whyNot={closing}
        />
      </Section>
    </>
  );
}

/** Lists all places with rules and the regions that rules name, by name. */
const listClosablePlaces = (
  places: readonly Place[],
  regions: readonly RegionOfRules[],
  locale: Locale,
): ClosablePlace[] =>
  [
    ...places.map(({ id, name }) => ({ id, name, jurisdiction: id, region: null })),
    ...regions.map(({ jurisdiction, region }) => ({
      id: region,
      name: placeName(locale, region),
      jurisdiction,
      region,
    })),
  ].toSorted((a, b) => a.name.localeCompare(b.name, locale));

/**
 * Loads all jurisdictions with rules, the organization's own (`home`, or the first by name if its country has no
 * rules), and the one to show: the one in the address, else `home`.
 */
async function loadPlaces(searchParams: PageProps<"/rules">["searchParams"]) {
  const [{ place }, { homeRegion }, law, locale] = await Promise.all([
    load(searchParams),
    api.organization.read(),
    api.jurisdiction.law(),
    getLocale(),
  ]);
  const places = law.places
    .map((id) => ({ id, name: placeName(locale, id) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
  const home = places.find(({ id }) => id === homeRegion) ?? places[0];
  if (home === undefined) throw new Error("no place has rules");
  return { places, home, shown: places.find(({ id }) => id === place) ?? home };
}

type EmergenciesProps = {
  emergencies: readonly EmergencyView[];
  /** Jurisdictions where one can be declared, by name. */
  places: readonly Place[];
  shown: Place;
  whyNot: string | undefined;
};

/** Lists emergencies, and lets an officer declare or end one. */
function Emergencies({ emergencies, places, shown, whyNot }: EmergenciesProps) {
  const t = useTranslations("rules");
  const time = useTime();
  const locale = useLocale();
  return (
    <div className="grid gap-3 pt-3">
      {emergencies.length === 0 && <p className="text-muted">{t("noEmergency")}</p>}
      {emergencies.map(({ id, jurisdiction, from, by, reason }) => {
        const values = { place: placeName(locale, jurisdiction), at: time(from) };
        return (
          <div key={id} className="flex flex-wrap items-center gap-3">
            <p>
              {by ? t("declaredBy", { ...values, name: by }) : t("declared", values)}
              {reason && <span className="text-muted"> {reason}</span>}
            </p>
            <EndEmergency id={id} whyNot={whyNot} />
          </div>
        );
      })}
      <div>
        <DeclareEmergency shown={shown} places={places} whyNot={whyNot} />
      </div>
    </div>
  );
}

type ClosedDaysProps = {
  days: readonly ClosedDayView[];
  places: readonly ClosablePlace[];
  /** Jurisdiction selected at first. */
  shown: Place;
  whyNot: string | undefined;
};

/** Lists the days without calls that officers added, and lets an officer add or withdraw one. */
function ClosedDays({ days, places, shown, whyNot }: ClosedDaysProps) {
  const t = useTranslations("closedDays");
  const locale = useLocale();
  const formatDay = (isoDate: string) => formatDate(locale, isoDate);
  return (
    <div className="grid gap-3 pt-3">
      {days.length === 0 && <p className="text-muted">{t("none")}</p>}
      {days.map(({ id, jurisdiction, region, first, last, reason, by }) => {
        const place = placeName(locale, region ?? jurisdiction);
        return (
          <div key={id} className="flex flex-wrap items-center gap-3">
            <p>
              {first === last
                ? t("day", { place, first: formatDay(first) })
                : t("days", { place, first: formatDay(first), last: formatDay(last) })}{" "}
              <span className="text-muted">{by ? t("why", { name: by, reason }) : reason}</span>
            </p>
            <EndClosedDay
              id={id}
              label={t("endOne", { place, first: formatDay(first) })}
              whyNot={whyNot}
            />
          </div>
        );
      })}
      <div>
        <AddClosedDay {...{ places, shown, whyNot }} />
      </div>
    </div>
  );
}
