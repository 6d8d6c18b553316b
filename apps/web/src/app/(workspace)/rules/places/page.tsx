import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { PrintButton } from "@/components/client-buttons";
import { ListPage } from "@/components/list-page";
import { Section } from "@/components/page-layout";
import { toGoverningCountry } from "@/features/people/jurisdiction/coverage/country-shapes";
import { CountryTable } from "@/features/people/jurisdiction/coverage/country-table";
import { WorldMap } from "@/features/people/jurisdiction/coverage/world-map";
import { formatDate } from "@/i18n/format-time";
import { placeName } from "@/i18n/place-name";
import { listRegions } from "@/i18n/list-regions";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rulePlaces");
  return { title: t("title") };
}

/** Shows our confidence in the rules of each country, and lists countries without rules, where calls are refused. */
export default async function PlacesPage() {
  await requireMember("rule.read");
  const [t, locale, law] = await Promise.all([
    getTranslations("rulePlaces"),
    getLocale(),
    api.jurisdiction.law(),
  ]);
  const known = new Set(law.coverage.map(({ country }) => country));
  const unions = law.places.filter((id) => !id.includes("-") && !known.has(id));
  const unknown = listRegions(locale)
    .filter(({ key }) => !known.has(toGoverningCountry(key)))
    .map(({ name }) => name);
  return (
    <ListPage
      title={t("title")}
      note={t("note", { date: formatDate(locale, law.asOf) })}
      actions={<PrintButton>{t("print")}</PrintButton>}
    >
      <Section title={t("map")} aside={t("mapNote")}>
        <WorldMap coverage={law.coverage} unknown={unknown.length} />
      </Section>
      <Section title={t("known")} aside={t("knownNote")}>
        <CountryTable coverage={law.coverage} />
        {unions.length > 0 && (
          <p className="pt-3 text-sm text-muted">
            {t("unions")}{" "}
            <span className="inline-flex flex-wrap gap-x-3">
              {unions.map((id) => (
                <Link key={id} href={`/rules/${id}`}>
                  {placeName(locale, id)}
                </Link>
              ))}
            </span>
          </p>
        )}
      </Section>
      <Section title={t("unknown")}>
        <p className="max-w-[46rem] pt-3">{t("unknownBody", { count: unknown.length })}</p>
        <details className="max-w-[60rem] pt-2">
          <summary>{t("unknownList")}</summary>
          <p className="pt-1.5 text-muted">{unknown.join(", ")}</p>
        </details>
      </Section>
    </ListPage>
  );
}
