import { ContactId } from "@ringfence/core/ids";
import { CalledParty } from "@ringfence/core/people/phone";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Banner } from "@/components/banner";
import { ExportList } from "@/components/export-list";
import { Empty, PageHead, Reading } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-controls";
import { Filters, SealedSearch } from "@/components/filters";
import { Pager, toPagerLinks } from "@/components/pager";
import { contactsPath, loadContactQuery } from "@/features/people/contact/list/contact-query";
import { ContactTable, ImportContactsLink } from "@/features/people/contact/list/contact-table";
import { findContacts } from "@/features/people/contact/list/find-contacts";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { openSearch } from "@/server/sealed-search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("contacts");
  return { title: t("title") };
}

type Look = Awaited<ReturnType<typeof loadContactQuery>>;

export default async function ContactsPage({ searchParams }: PageProps<"/contacts">) {
  const member = await requireMember("contact.read");
  const look = await loadContactQuery(searchParams);
  const { search, isOver } = await openSearch(look.find);
  const [t, notImport] = await Promise.all([
    getTranslations("contacts"),
    whyNot(member, "import.run"),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <ImportContactsLink whyNot={notImport} />
      </PageHead>
      {isOver && <Banner title={t("searchOver")} />}
      <Filters
        label={t("filters")}
        aside={<ExportList action="/api/contacts.csv">{t("csv")}</ExportList>}
      >
        <SealedSearch
          label={t("search")}
          value={search}
          action={findContacts}
          kept={{ party: look.party }}
        />
        <FilterChoice
          param="party"
          label={t("party")}
          any={t("anyParty")}
          choices={CalledParty.options.map((value) => ({ value, label: t(`parties.${value}`) }))}
        />
      </Filters>
      <Reading>
        <Contacts look={look} search={search} />
      </Reading>
    </>
  );
}

async function Contacts({ look, search }: { look: Look; search: string | null }) {
  const { party, after } = look;
  const asked = { search: search ?? undefined, calledParty: party ?? undefined };
  const [t, { items, next }] = await Promise.all([
    getTranslations("contacts"),
    api.contact.list({ ...asked, after: ContactId.safeParse(after.at(-1)).data }),
  ]);
  const isFiltered = search !== null || party !== null;
  const steps = toPagerLinks(after, next, (trail) => contactsPath({ ...look, after: trail }));
  if (items.length === 0) {
    return (
      <Empty title={t(isFiltered ? "nothingFound" : "empty")}>
        {t(isFiltered ? "nothingFoundBody" : "emptyBody")}
      </Empty>
    );
  }
  return (
    <>
      <ContactTable contacts={items} />
      <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
    </>
  );
}
