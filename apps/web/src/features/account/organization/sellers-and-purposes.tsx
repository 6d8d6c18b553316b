import type { KnownSeller } from "@ringfence/services/account/seller";
import { useTranslations } from "next-intl";
import type { KnownPurpose } from "@ringfence/services/account/purpose";
import { type Column, Table } from "@/components/table";
import { ChangeSeller, RenamePurpose } from "./seller-and-purpose-forms";

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

type PurposeTreeProps = { purposes: readonly KnownPurpose[]; mayChange: boolean };

const INDENT_REM = 1.25;
const findLevel = (key: string) => key.split(".").length - 1;

/** The tree of purposes. */
export function PurposeTree({ purposes, mayChange }: PurposeTreeProps) {
  const t = useTranslations("organization");
  const columns: [Column<KnownPurpose>, ...Column<KnownPurpose>[]] = [
    {
      key: "name",
      head: t("purpose"),
      cell: ({ key, name }) => (
        <span style={{ paddingInlineStart: `${findLevel(key) * INDENT_REM}rem` }}>{name}</span>
      ),
    },
    {
      key: "key",
      head: t("key"),
      narrow: t("key"),
      cell: ({ key }) => <code className="font-mono text-sm">{key}</code>,
    },
    {
      key: "kind",
      head: t("kind"),
      narrow: t("kind"),
      cell: ({ kind }) => t(`kinds.${kind}`),
    },
  ];
  if (mayChange) {
    columns.push({
      key: "rename",
      head: <span className="sr-only">{t("rename")}</span>,
      narrow: "full",
      cell: (purpose) => <RenamePurpose purpose={purpose} />,
    });
  }
  return (
    <Table
      isStack
      caption={t("purposesCaption")}
      columns={columns}
      rows={purposes}
      rowKey={({ key }) => key}
    />
  );
}
