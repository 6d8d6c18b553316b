import type { BlockedEditionView } from "@ringfence/core/do-not-call/blocked-list";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import type { BlockedListView } from "@ringfence/services/do-not-call/blocked-list";
import { ByteSize, Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";

/** Table of the editions of the blocked list, newest first. */
export function BlockedEditionTable({ editions }: { editions: readonly BlockedEditionView[] }) {
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
export function BlockedListTimes({ list, whyNot }: { list: BlockedListView; whyNot: string }) {
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
