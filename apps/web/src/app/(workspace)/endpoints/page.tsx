import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { ButtonLink, NewLink } from "@/components/buttons";
import { DownloadList } from "@/components/export-list";
import { ListPage, ListRows } from "@/components/list-page";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { type Column, Table } from "@/components/table";
import {
  type Endpoint,
  EndpointState,
  toEventKey,
  useKindName,
} from "@/features/do-not-call/endpoint/words";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("endpoints");
  return { title: t("title") };
}

export default async function EndpointsPage() {
  const member = await requireMember("endpoint.read");
  const [t, refusal, endpoints] = await Promise.all([
    getTranslations("endpoints"),
    whyNot(member, "endpoint.change"),
    api.endpoint.list(),
  ]);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <DownloadList href="/api/endpoints.csv" />
          <ButtonLink href="/endpoints/blocked-list">{t("blockedList")}</ButtonLink>
          <NewLink href="/endpoints/new" whyNot={refusal}>
            {t("add")}
          </NewLink>
        </>
      }
    >
      <ListRows
        isEmpty={endpoints.length === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
      >
        <EndpointTable endpoints={endpoints} />
      </ListRows>
    </ListPage>
  );
}

/** Table of outside systems that receive changes, with address, events and state. */
function EndpointTable({ endpoints }: { endpoints: readonly Endpoint[] }) {
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
