import { ContactId } from "@ringfence/core/ids";
import { CalledParty } from "@ringfence/core/people/phone";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { Reading } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-controls";
import { Filters, SealedSearch } from "@/components/filters";
import { ContactTable, ImportContactsLink } from "@/features/people/contact/list/contact-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";
import { openSearch, sealSearch } from "@/server/sealed-search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("contacts");
  return { title: t("title") };
}

/** The search text stands sealed in the address. */
const query = createListQuery("/contacts", {
  find: parseAsString,
  party: parseAsStringLiteral(CalledParty.options),
});
type Look = Awaited<ReturnType<typeof query.load>>;

async function findContacts(given: FormData) {
  "use server";
  await requireMember("contact.read");
  const party = CalledParty.safeParse(given.get("party")).data ?? null;
  redirect(query.toPath({ find: await sealSearch(given), party }));
}

export default async function ContactsPage({ searchParams }: PageProps<"/contacts">) {
  const member = await requireMember("contact.read");
  const look = await query.load(searchParams);
  const { search, isOver } = await openSearch(look.filters.find);
  const [t, notImport] = await Promise.all([
    getTranslations("contacts"),
    whyNot(member, "import.run"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={<ImportContactsLink whyNot={notImport} />}
      searchFault={isOver && t("searchOver")}
      filters={
        <Filters
          label={t("filters")}
          aside={<ExportList action="/api/contacts.csv">{t("csv")}</ExportList>}
        >
          <SealedSearch
            label={t("search")}
            value={search}
            action={findContacts}
            kept={{ party: look.filters.party }}
          />
          <FilterChoice
            param="party"
            label={t("party")}
            any={t("anyParty")}
            choices={CalledParty.options.map((value) => ({ value, label: t(`parties.${value}`) }))}
          />
        </Filters>
      }
    >
      <Reading>
        <Contacts look={look} search={search} />
      </Reading>
    </ListPage>
  );
}

async function Contacts({ look, search }: { look: Look; search: string | null }) {
  const {
    filters: { party },
    after,
  } = look;
  const asked = { search: search ?? undefined, calledParty: party ?? undefined };
  const [t, { items, next }] = await Promise.all([
    getTranslations("contacts"),
    api.contact.list({ ...asked, after: ContactId.safeParse(after.at(-1)).data }),
  ]);
  const isFiltered = search !== null || party !== null;
  const steps = query.toSteps(look, next);
  return (
    <ListRows
      isEmpty={items.length === 0}
      empty={{
        title: t(isFiltered ? "nothingFound" : "empty"),
        body: t(isFiltered ? "nothingFoundBody" : "emptyBody"),
      }}
      pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
    >
      <ContactTable contacts={items} />
    </ListRows>
  );
}
