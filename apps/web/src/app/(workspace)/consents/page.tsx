import { ConsentSource, ListConsents } from "@ringfence/core/consents/consent";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ConsentListItem } from "@ringfence/services/consents/consent";
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { ExportList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { FilterChoice } from "@/components/filter-choice";
import { Filters, SealedSearch } from "@/components/filters";
import { NewLink } from "@/components/buttons";
import { api } from "@/server/caller";
import { SavedViews } from "@/features/desk/saved-view/saved-views";
import { requireMember, whyNot } from "@/server/current-member";
import { consentsQuery as query, consentStrengths as strengths } from "@/server/lists/queries";
import { openSearch, sealSearch } from "@/server/sealed-search";
import { Badge } from "@/components/badge";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { Standings } from "@/features/consents/consent/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents");
  return { title: t("title") };
}

async function findConsents(given: FormData) {
  "use server";
  await requireMember("consent.read");
  const source = ConsentSource.safeParse(given.get("source")).data ?? null;
  const strength = ListConsents.shape.strength.safeParse(given.get("strength")).data ?? null;
  redirect(query.toPath({ find: await sealSearch(given), source, strength }));
}

export default async function ConsentsPage({ searchParams }: PageProps<"/consents">) {
  const member = await requireMember("consent.read");
  const look = await query.load(searchParams);
  const { find, source, strength } = look.filters;
  const { search, isOver } = await openSearch(find);
  const criteria = {
    search: search ?? undefined,
    source: source ?? undefined,
    strength: strength ?? undefined,
  };
  const [t, kinds, refusal, notExport, { items, next }, purposes] = await Promise.all([
    getTranslations("consents"),
    getTranslations("captureForms.kinds"),
    whyNot(member, "consent.record"),
    whyNot(member, "consent.prove"),
    api.consent.list({ ...criteria, after: look.after.at(-1) }),
    api.purpose.list(),
  ]);
  const isFiltered = search !== null || source !== null || strength !== null;
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
        <Filters
          label={t("filters")}
          aside={<ExportList action={query.toFile(look.filters)} whyNot={notExport} />}
        >
          <SealedSearch
            label={t("search")}
            value={search}
            action={findConsents}
            kept={{ source, strength }}
          />
          <FilterChoice
            param="source"
            label={t("source")}
            any={t("anySource")}
            choices={ConsentSource.options.map((value) => ({ value, label: kinds(value) }))}
          />
          <FilterChoice
            param="strength"
            label={t("strength")}
            any={t("anyStrength")}
            choices={strengths.map((value) => ({ value, label: t(`strengths.${value}`) }))}
          />
          <SavedViews list="consents" filters={query.write(look.filters)} />
        </Filters>
      }
    >
      <ListRows
        isEmpty={items.length === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
        nothingFound={isFiltered && { title: t("nothingFound"), body: t("nothingFoundBody") }}
        pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
      >
        <ConsentTable consents={items} purposes={names} />
      </ListRows>
    </ListPage>
  );
}

type ConsentTableProps = {
  consents: readonly ConsentListItem[];
  purposes: ReadonlyMap<string, string>;
};

/** Table of consents with standing, source and missing elements. */
function ConsentTable({ consents, purposes }: ConsentTableProps) {
  const t = useTranslations("consents");
  const columns: [Column<ConsentListItem>, ...Column<ConsentListItem>[]] = [
    ...useStandingColumns(purposes),
    ...useSourceColumns(),
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={consents}
      rowKey={({ id }) => id}
    />
  );
}

function useStandingColumns(
  purposes: ConsentTableProps["purposes"],
): [Column<ConsentListItem>, ...Column<ConsentListItem>[]] {
  const t = useTranslations("consents");
  return [
    {
      key: "phone",
      head: t("phone"),
      cell: ({ id, phone }) => (
        <Link href={`/consents/${id}`} prefetch={false}>
          {phone ? <PhoneText phone={phone} /> : t("erased")}
        </Link>
      ),
    },
    {
      key: "standing",
      head: t("standing"),
      narrow: "full",
      cell: ({ standing, latest }) =>
        standing.length > 0 ? (
          <Standings standing={standing} purposes={purposes} />
        ) : (
          <span>
            {t("dataAlone")} {latest === "granted" && <Badge status="granted" />}
          </span>
        ),
    },
    { key: "seller", head: t("seller"), narrow: t("seller"), cell: ({ seller }) => seller },
  ];
}

function useSourceColumns(): Column<ConsentListItem>[] {
  const t = useTranslations("consents");
  const kinds = useTranslations("captureForms.kinds");
  const elements = useTranslations("elements");
  const format = useFormatter();
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "source",
      head: t("source"),
      narrow: t("source"),
      cell: ({ source, form }) => (
        <>
          {form ?? kinds(source)}
          {form && <span className="block text-muted">{kinds(source)}</span>}
        </>
      ),
    },
    {
      key: "lacks",
      head: t("lacks"),
      narrow: t("lacks"),
      cell: ({ weaknesses }) =>
        weaknesses.length === 0 ? (
          <span className="text-muted">{t("nothing")}</span>
        ) : (
          format.list(weaknesses.map((element) => elements(element)))
        ),
    },
    {
      key: "at",
      head: t("at", { zone }),
      narrow: t("at", { zone }),
      isFigure: true,
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
  ];
}
