import { ConsentSource } from "@ringfence/core/consents/consent";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Banner } from "@/components/banner";
import { Empty, PageHead } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-controls";
import { Filters, SealedSearch } from "@/components/filters";
import { NewLink } from "@/components/buttons";
import { Pager, toPagerLinks } from "@/components/pager";
import { consentsPath, loadConsentQuery } from "@/features/consents/consent/list/consent-query";
import { ConsentTable } from "@/features/consents/consent/list/consent-table";
import { findConsents } from "@/features/consents/consent/list/find-consents";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { openSearch } from "@/server/sealed-search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents");
  return { title: t("title") };
}

export default async function ConsentsPage({ searchParams }: PageProps<"/consents">) {
  const member = await requireMember("consent.read");
  const { find, source, after } = await loadConsentQuery(searchParams);
  const { search, isOver } = await openSearch(find);
  const asked = { search: search ?? undefined, source: source ?? undefined };
  const [t, kinds, refusal, { items, next }, purposes] = await Promise.all([
    getTranslations("consents"),
    getTranslations("captureForms.kinds"),
    whyNot(member, "consent.record"),
    api.consent.list({ ...asked, after: after.at(-1) }),
    api.purpose.list(),
  ]);
  const isFiltered = search !== null || source !== null;
  const steps = toPagerLinks(after, next, (trail) => consentsPath({ find, source, after: trail }));
  const names = new Map<string, string>(purposes.map(({ key, name }) => [key, name]));
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <NewLink href="/consents/record" whyNot={refusal}>
          {t("record")}
        </NewLink>
      </PageHead>
      {isOver && <Banner title={t("searchOver")} />}
      <Filters label={t("filters")}>
        <SealedSearch label={t("search")} value={search} action={findConsents} kept={{ source }} />
        <FilterChoice
          param="source"
          label={t("source")}
          any={t("anySource")}
          choices={ConsentSource.options.map((value) => ({ value, label: kinds(value) }))}
        />
      </Filters>
      {items.length === 0 ? (
        <Empty title={t(isFiltered ? "nothingFound" : "empty")}>
          {t(isFiltered ? "nothingFoundBody" : "emptyBody")}
        </Empty>
      ) : (
        <>
          <ConsentTable consents={items} purposes={names} />
          <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
        </>
      )}
    </>
  );
}
