import type { DisclosureListItem } from "@ringfence/services/consents/disclosure";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";

type DisclosureTableProps = {
  disclosures: readonly DisclosureListItem[];
  sellers: ReadonlyMap<string, string>;
};

/** Table of disclosures with seller, state and number of consents. */
export function DisclosureTable({ disclosures, sellers }: DisclosureTableProps) {
  const t = useTranslations("disclosures");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<DisclosureListItem>, ...Column<DisclosureListItem>[]] = [
    {
      key: "title",
      head: t("text"),
      cell: ({ id, terms, language }) => (
        <>
          <Link href={`/disclosures/${id}`} prefetch={false}>
            {terms.title}
          </Link>
          <span className="block font-normal text-muted">{language}</span>
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
