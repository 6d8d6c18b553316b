import type { listSources } from "@ringfence/services/do-not-call/inbound";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { type Column, Table } from "@/components/table";
import { SourceActions } from "./source-forms";

type Source = Awaited<ReturnType<typeof listSources>>[number];

type SourceTableProps = {
  sources: readonly Source[];
  /** What they are called, and what names one of them. */
  words: { caption: string; account: string };
  /** Whether the member may change them; the page says who may. */
  mayChange: boolean;
};

/** The accounts of a provider whose requests are believed. */
export function SourceTable({ sources, words, mayChange }: SourceTableProps) {
  const t = useTranslations("inboundSources");
  const columns: [Column<Source>, ...Column<Source>[]] = [
    {
      key: "account",
      head: words.account,
      cell: ({ account, origin }) => (
        <>
          <code className="font-mono text-sm break-all">{account}</code>
          {origin && <span className="block text-sm break-all text-muted">{origin}</span>}
        </>
      ),
    },
    {
      key: "since",
      head: t("since"),
      narrow: t("since"),
      cell: ({ createdAt }) => <LocalTime instant={createdAt} />,
    },
  ];
  const actions: Column<Source> = {
    key: "actions",
    head: <span className="sr-only">{t("actions")}</span>,
    narrow: "full",
    cell: ({ id, account }) => <SourceActions sourceId={id} account={account} />,
  };
  return (
    <Table<Source>
      isStack
      caption={words.caption}
      columns={mayChange ? [...columns, actions] : columns}
      rows={sources}
      rowKey={({ id }) => id}
    />
  );
}
