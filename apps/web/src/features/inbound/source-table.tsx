import type { listSources } from "@ringfence/services/inbound";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { Table } from "@/components/table";

type Source = Awaited<ReturnType<typeof listSources>>[number];

/** The accounts whose requests are believed. */
export function SourceTable({ sources }: { sources: readonly Source[] }) {
  const t = useTranslations("twilio");
  return (
    <Table<Source>
      isStack
      caption={t("caption")}
      columns={[
        {
          key: "account",
          head: t("account.label"),
          cell: ({ account }) => <code className="font-mono text-sm break-all">{account}</code>,
        },
        {
          key: "origin",
          head: t("origin.label"),
          narrow: t("origin.label"),
          cell: ({ origin }) => <span className="font-mono text-sm break-all">{origin}</span>,
        },
        {
          key: "since",
          head: t("since"),
          narrow: t("since"),
          cell: ({ createdAt }) => <LocalTime instant={createdAt} />,
        },
      ]}
      rows={sources}
      rowKey={({ id }) => id}
    />
  );
}
