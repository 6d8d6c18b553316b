import type { KnownSeller } from "@ringfence/services/account/seller";
import { useTranslations } from "next-intl";
import { type Column, Table } from "@/components/table";
import { ChangeSeller } from "./seller-forms";

type SellerTableProps = { sellers: readonly KnownSeller[]; mayChange: boolean };

/** Table of sellers with sector and consent policy. */
export function SellerTable({ sellers, mayChange }: SellerTableProps) {
  const t = useTranslations("organization");
  const columns: [Column<KnownSeller>, ...Column<KnownSeller>[]] = [
    { key: "name", head: t("seller"), cell: ({ name }) => name },
    {
      key: "key",
      head: t("key"),
      narrow: t("key"),
      cell: ({ key }) => <code className="font-mono text-sm">{key}</code>,
    },
    {
      key: "sector",
      head: t("sector"),
      narrow: t("sector"),
      cell: ({ sector }) => t(`sectors.${sector}`),
    },
    {
      key: "policy",
      head: t("policy"),
      narrow: t("policy"),
      cell: ({ consentPolicy }) => t(`policies.${consentPolicy}`),
    },
  ];
  if (mayChange) {
    columns.push({
      key: "change",
      head: <span className="sr-only">{t("changeSeller")}</span>,
      narrow: "full",
      cell: (seller) => <ChangeSeller seller={seller} />,
    });
  }
  return (
    <Table
      isStack
      caption={t("sellersCaption")}
      columns={columns}
      rows={sellers}
      rowKey={({ id }) => id}
    />
  );
}
