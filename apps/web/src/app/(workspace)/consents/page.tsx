import { ConsentSource } from "@ringfence/core/consents/consent";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ListPage, ListRows } from "@/components/list-page";
import { FilterChoice } from "@/components/filter-controls";
import { Filters, SealedSearch } from "@/components/filters";
import { NewLink } from "@/components/buttons";
import { ConsentTable } from "@/features/consents/consent/list/consent-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";
import { openSearch, sealSearch } from "@/server/sealed-search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents");
  return { title: t("title") };
}

/** The search text stands sealed in the address. */
const query = createListQuery("/consents", {
  find: parseAsString,
  source: parseAsStringLiteral(ConsentSource.options),
});

async function findConsents(given: FormData) {
  "use server";
  await requireMember("consent.read");
  const source = ConsentSource.safeParse(given.get("source")).data ?? null;
  redirect(query.toPath({ find: await sealSearch(given), source }));
}

export default async function ConsentsPage({ searchParams }: PageProps<"/consents">) {
  const member = await requireMember("consent.read");
  const look = await query.load(searchParams);
  const { find, source } = look.filters;
  const { search, isOver } = await openSearch(find);
  const asked = { search: search ?? undefined, source: source ?? undefined };
  const [t, kinds, refusal, { items, next }, purposes] = await Promise.all([
    getTranslations("consents"),
    getTranslations("captureForms.kinds"),
    whyNot(member, "consent.record"),
    api.consent.list({ ...asked, after: look.after.at(-1) }),
    api.purpose.list(),
  ]);
  const isFiltered = search !== null || source !== null;
  const steps = query.toSteps(look, next);
  const names = new Map<string, string>(purposes.map(({ key, name }) => [key, name]));
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <NewLink href="/consents/record" whyNot={refusal}>
          {t("record")}
        </NewLink>
      }
      searchFault={isOver && t("searchOver")}
      filters={
        <Filters label={t("filters")}>
          <SealedSearch
            label={t("search")}
            value={search}
            action={findConsents}
            kept={{ source }}
          />
          <FilterChoice
            param="source"
            label={t("source")}
            any={t("anySource")}
            choices={ConsentSource.options.map((value) => ({ value, label: kinds(value) }))}
          />
        </Filters>
      }
    >
      <ListRows
        isEmpty={items.length === 0}
        empty={{
          title: t(isFiltered ? "nothingFound" : "empty"),
          body: t(isFiltered ? "nothingFoundBody" : "emptyBody"),
        }}
        pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
      >
        <ConsentTable consents={items} purposes={names} />
      </ListRows>
    </ListPage>
  );
}
