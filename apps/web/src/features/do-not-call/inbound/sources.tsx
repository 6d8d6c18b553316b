import type { listSources } from "@ringfence/services/do-not-call/inbound";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { SourceActions } from "./source-forms";

type Source = Awaited<ReturnType<typeof listSources>>[number];

type SourceTableProps = {
  sources: readonly Source[];
  /** Caption of the table, and the heading for an account's name. */
  words: { caption: string; account: string };
  /** True if the member may change accounts. The page says who may. */
  mayChange: boolean;
};

/** Table of a provider's accounts whose requests are trusted. */
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
