import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { DisclosureListItem } from "@ringfence/services/consents/disclosure";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { DownloadList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { LoadingContent } from "@/components/page-layout";
import { NewLink } from "@/components/buttons";
import { ArchivedList } from "@/features/desk/archive/archived-list";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { languageName } from "@/i18n/language-name";
import { zoneLabel } from "@/i18n/format-time";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("disclosures");
  return { title: t("title") };
}

export default async function DisclosuresPage() {
  const member = await requireMember("disclosure.read");
  const [t, notChange] = await Promise.all([
    getTranslations("disclosures"),
    whyNot(member, "disclosure.change"),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <DownloadList href="/api/disclosures.csv" />
          <NewLink href="/disclosures/new" whyNot={notChange}>
            {t("new")}
          </NewLink>
        </>
      }
    >
      <LoadingContent>
        <Disclosures />
        <ArchivedList kind="disclosure" whyNot={notChange} />
      </LoadingContent>
    </ListPage>
  );
}

async function Disclosures() {
  const [t, disclosures, sellers] = await Promise.all([
    getTranslations("disclosures"),
    api.disclosure.list(),
    api.seller.list(),
  ]);
  const names = new Map<string, string>(sellers.map(({ id, name }) => [id, name]));
  return (
    <ListRows
      isEmpty={disclosures.length === 0}
      empty={{ title: t("empty"), body: t("emptyBody") }}
    >
      <DisclosureTable disclosures={disclosures} sellers={names} />
    </ListRows>
  );
}

type DisclosureTableProps = {
  disclosures: readonly DisclosureListItem[];
  sellers: ReadonlyMap<string, string>;
};

/** Table of disclosures with seller, state and number of consents. */
function DisclosureTable({ disclosures, sellers }: DisclosureTableProps) {
  const t = useTranslations("disclosures");
  const locale = useLocale();
  const zone = zoneLabel(locale, useTimeZone() ?? "UTC", useNow());
  const columns: [Column<DisclosureListItem>, ...Column<DisclosureListItem>[]] = [
    {
      key: "title",
      head: t("text"),
      cell: ({ id, terms, language }) => (
        <>
          <Link href={`/disclosures/${id}`} prefetch={false}>
            {terms.title}
          </Link>
          <span className="block font-normal text-muted">{languageName(locale, language)}</span>
        </>
      ),
    },
    {
      key: "asks",
      head: t("asksHead"),
      narrow: "full",
      cell: ({ terms }) => t(`asks.${terms.asks}`),
    },
    {
      key: "seller",
      head: t("seller"),
      narrow: t("seller"),
      cell: ({ terms }) => sellers.get(terms.seller) ?? "",
    },
    {
      key: "state",
      head: t("state"),
      narrow: t("state"),
      cell: ({ version, hasDraft }) => t("stateOf", { version, hasDraft: String(hasDraft) }),
    },
    {
      key: "consents",
      head: t("consents"),
      narrow: t("consents"),
      isFigure: true,
      cell: ({ consents }) => <Count value={consents} />,
    },
    {
      key: "changed",
      head: t("changed", { zone }),
      narrow: t("changed", { zone }),
      isFigure: true,
      cell: ({ changedAt }) => <LocalTime instant={changedAt} precision="cell" />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={disclosures}
      rowKey={({ id }) => id}
    />
  );
}
