import { ContactId } from "@ringfence/core/ids";
import { SellerStep } from "@ringfence/core/desk/overview";
import { CalledParty } from "@ringfence/core/people/phone";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { listContacts } from "@ringfence/services/desk/contact";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Upload } from "lucide-react";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent } from "@/components/page-layout";
import { FilterChoice } from "@/components/filter-choice";
import { Filters, SealedSearch } from "@/components/filters";
import { api } from "@/server/caller";
import { SavedViews } from "@/features/desk/saved-view/saved-views";
import { requireMember, whyNot } from "@/server/current-member";
import { contactsQuery as query } from "@/server/lists/queries";
import { openSearch, sealSearch } from "@/server/sealed-search";
import { LocalTime } from "@/components/dates";
import { PersonLink, PhoneLink } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { formatZone, zoneLabel } from "@/i18n/format-time";
import { placeName } from "@/i18n/place-name";
import { StandingWord } from "@/features/desk/contact/standing-word";
import { GuardedLink } from "@/components/buttons";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("contacts");
  return { title: t("title") };
}

type Look = Awaited<ReturnType<typeof query.load>>;

/** The step at which the listed contacts ended, if the address names one. */
const findEnded = ({ filters: { seller, step } }: Look) =>
  SellerStep.safeParse({ seller, step }).data;

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
  const ended = findEnded(look);
  const [t, notImport] = await Promise.all([
    getTranslations("contacts"),
    whyNot(member, "import.run"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <GuardedLink
          href="/imports/new?kind=contacts"
          look="primary"
          icon={Upload}
          whyNot={notImport}
        >
          {t("import")}
        </GuardedLink>
      }
      searchFault={isOver && t("searchOver")}
      filters={
        ended ? (
          <EndedAt {...ended} file={query.toFile(look.filters)} />
        ) : (
          <Filters
            label={t("filters")}
            aside={<ExportList action={query.toFile(look.filters)}>{t("csv")}</ExportList>}
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
              choices={CalledParty.options.map((value) => ({
                value,
                label: t(`parties.${value}`),
              }))}
            />
            <SavedViews
              list="contacts"
              filters={query.write({ find: look.filters.find, party: look.filters.party })}
            />
          </Filters>
        )
      }
    >
      <LoadingContent>
        <Contacts look={look} search={search} />
      </LoadingContent>
    </ListPage>
  );
}

/** Says at which step the listed contacts ended, and when that was counted. */
async function EndedAt({ seller, step, file }: SellerStep & { file: string }) {
  const [t, names, filters, { at, callable }] = await Promise.all([
    getTranslations("contacts"),
    getTranslations("waterfall"),
    getTranslations("filters"),
    api.today.overview(),
  ]);
  const name = callable.find((one) => one.seller.key === seller)?.seller.name ?? seller;
  return (
    <p className="py-3 text-sm text-muted">
      {step === "callable"
        ? t("callable", { seller: name })
        : t("endedAt", { seller: name, step: names(`steps.${step}`) })}{" "}
      {at && t.rich("countedAt", { time: () => <LocalTime instant={at} /> })}{" "}
      <Link href="/contacts">{filters("showAll")}</Link> <ExportList action={file} look="quiet" />
    </p>
  );
}

async function Contacts({ look, search }: { look: Look; search: string | null }) {
  const {
    filters: { party },
    after,
  } = look;
  const ended = findEnded(look);
  const criteria = { search: search ?? undefined, calledParty: party ?? undefined, ended };
  const [t, { items, next }] = await Promise.all([
    getTranslations("contacts"),
    api.contact.list({ ...criteria, after: ContactId.safeParse(after.at(-1)).data }),
  ]);
  const isFiltered = search !== null || party !== null || ended !== undefined;
  const steps = query.toSteps(look, next);
  return (
    <ListRows
      isEmpty={items.length === 0}
      empty={{ title: t("empty"), body: t("emptyBody") }}
      nothingFound={isFiltered && { title: t("nothingFound"), body: t("nothingFoundBody") }}
      pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
    >
      <ContactTable contacts={items} />
    </ListRows>
  );
}

type Contact = Awaited<ReturnType<typeof listContacts>>["items"][number];

/** Table of contacts with their standing and region. */
function ContactTable({ contacts }: { contacts: readonly Contact[] }) {
  const t = useTranslations("contacts");
  const columns = useColumns();
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={contacts}
      rowKey={({ id }) => id}
    />
  );
}

function useColumns(): [Column<Contact>, ...Column<Contact>[]] {
  const t = useTranslations("contacts");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "name",
      head: t("name"),
      cell: (person) => <PersonLink href={`/contacts/${person.id}`} person={person} />,
    },
    {
      key: "phones",
      head: t("phones"),
      narrow: "full",
      cell: ({ phones }) => <Phones phones={phones} />,
    },
    {
      key: "standing",
      head: t("standing"),
      narrow: "full",
      cell: ({ standing }) => <StandingWord standing={standing} />,
    },
    {
      key: "place",
      head: t("place"),
      narrow: "full",
      cell: (contact) => <LivesIn {...contact} />,
    },
    {
      key: "externalId",
      head: t("externalId"),
      narrow: t("externalId"),
      cell: ({ externalId }) => <span className="font-mono break-all">{externalId}</span>,
    },
    {
      key: "added",
      head: t("added", { zone }),
      narrow: t("added", { zone }),
      isFigure: true,
      cell: ({ createdAt }) => <LocalTime instant={createdAt} precision="cell" />,
    },
  ];
}

function LivesIn({ addressRegion, zone }: Pick<Contact, "addressRegion" | "zone">) {
  const locale = useLocale();
  return (
    <>
      {addressRegion && placeName(locale, addressRegion)}
      {zone && <span className="block text-muted">{formatZone(zone)}</span>}
    </>
  );
}

function Phones({ phones }: { phones: Contact["phones"] }) {
  const t = useTranslations("contacts");
  if (phones.length === 0) return <span className="text-muted">{t("noPhone")}</span>;
  return (
    <ul>
      {phones.map(({ id, e164 }) => (
        <li key={id}>{e164 ? <PhoneLink phoneId={id} phone={e164} /> : t("erased")}</li>
      ))}
    </ul>
  );
}
