import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { BlockedEditionView } from "@ringfence/core/do-not-call/blocked-list";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import type { BlockedListView } from "@ringfence/services/do-not-call/blocked-list";
import { Button } from "@/components/buttons";
import { ExportList } from "@/components/export-list";
import { DetailPage } from "@/components/detail-page";
import { Empty, Section } from "@/components/page-layout";
import { BlockedListForm } from "@/features/do-not-call/blocked-list/blocked-list-form";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { ByteSize, Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { formatZone, zoneLabel } from "@/i18n/format-time";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("blockedList");
  return { title: t("title") };
}

export default async function BlockedListPage() {
  const member = await requireMember("endpoint.read");
  const [t, mayNotChange, mayNotRead, list] = await Promise.all([
    getTranslations("blockedList"),
    whyNot(member, "endpoint.change"),
    whyNot(member, "blocked-list.read"),
    api.blockedList.read(),
  ]);
  const { editions, schedule, reason, zone } = list;
  return (
    <DetailPage
      title={t("title")}
      note={t("note")}
      actions={
        schedule !== null &&
        editions.length > 0 &&
        (mayNotRead === undefined ? (
          <ExportList action="/api/blocked-list.csv">{t("download")}</ExportList>
        ) : (
          <Button whyNot={mayNotRead}>{t("download")}</Button>
        ))
      }
    >
      <Section title={t("when")} aside={t("clock", { zone: formatZone(zone) })}>
        {mayNotChange === undefined ? (
          <BlockedListForm initial={schedule} initialReason={reason} />
        ) : (
          <BlockedListTimes list={list} whyNot={mayNotChange} />
        )}
      </Section>
      <Section title={t("editions")} aside={t("kept")}>
        {editions.length === 0 ? (
          <Empty title={t("none")}>{t(schedule === null ? "noneOff" : "noneBody")}</Empty>
        ) : (
          <BlockedEditionTable editions={editions} />
        )}
      </Section>
    </DetailPage>
  );
}

/** Table of the editions of the blocked list, newest first. */
function BlockedEditionTable({ editions }: { editions: readonly BlockedEditionView[] }) {
  const t = useTranslations("blockedList");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const figures = (["lines", "added", "removed"] as const).map((key) => ({
    key,
    head: t(key),
    narrow: t(key),
    isFigure: true,
    cell: (edition: BlockedEditionView) => <Count value={edition[key]} />,
  }));
  const columns: [Column<BlockedEditionView>, ...Column<BlockedEditionView>[]] = [
    { key: "edition", head: t("edition"), cell: ({ edition }) => <Count value={edition} /> },
    {
      key: "written",
      head: t("written", { zone }),
      narrow: t("written", { zone }),
      cell: ({ writtenAt }) => <LocalTime instant={writtenAt} precision="cell" />,
    },
    ...figures,
    {
      key: "bytes",
      head: t("size"),
      narrow: t("size"),
      isFigure: true,
      cell: ({ bytes }) => <ByteSize bytes={bytes} />,
    },
    {
      key: "sha256",
      head: t("sha256"),
      narrow: t("sha256"),
      isFigure: true,
      cell: ({ sha256 }) => <code>{sha256.slice(0, 12)}…</code>,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption", { zone })}
      columns={columns}
      rows={editions}
      rowKey={({ edition }) => String(edition)}
    />
  );
}

/** Shows when the blocked list is written and its purpose, to members who may not change it. */
function BlockedListTimes({ list, whyNot }: { list: BlockedListView; whyNot: string }) {
  const t = useTranslations("blockedList");
  const { nextAt, schedule, reason } = list;
  return (
    <div className="grid gap-1 pt-3">
      <p>
        {schedule === null && t("isOff")}
        {schedule !== null && nextAt === null && t("soon")}
        {nextAt !== null && t.rich("next", { time: () => <LocalTime key="at" instant={nextAt} /> })}
      </p>
      {schedule !== null && <p>{reason === null ? t("noReason") : t("for", { reason })}</p>}
      <p className="text-sm text-muted">{whyNot}</p>
    </div>
  );
}
