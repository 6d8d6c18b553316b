import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { type Column, Table } from "@/components/table";
import { type Endpoint, EndpointState, toEventKey, useKindName } from "../words";

/** Table of outside systems that receive changes, with address, events and state. */
export function EndpointTable({ endpoints }: { endpoints: readonly Endpoint[] }) {
  const t = useTranslations("endpoints");
  const events = useTranslations("endpoints.eventNames");
  const kindName = useKindName();
  const format = useFormatter();
  const columns: [Column<Endpoint>, ...Column<Endpoint>[]] = [
    {
      key: "name",
      head: t("name"),
      cell: ({ id, name, kind }) => (
        <>
          <Link href={`/endpoints/${id}`}>{name}</Link>
          <span className="block text-sm font-normal text-muted">{kindName(kind)}</span>
        </>
      ),
    },
    {
      key: "url",
      head: t("url"),
      narrow: "full",
      cell: ({ url }) => <span className="font-mono text-sm break-all">{url}</span>,
    },
    {
      key: "events",
      head: t("events"),
      narrow: t("events"),
      cell: (endpoint) => format.list(endpoint.events.map((event) => events(toEventKey(event)))),
    },
    {
      key: "state",
      head: t("state"),
      narrow: "full",
      cell: (endpoint) => <EndpointState endpoint={endpoint} />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={endpoints}
      rowKey={({ id }) => id}
    />
  );
}
