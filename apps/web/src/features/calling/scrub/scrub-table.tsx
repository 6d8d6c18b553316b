import type { ScrubView } from "@ringfence/services/calling/scrub";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Count } from "@/components/count";
import { LocalTime } from "@/components/local-time";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import type { Named } from "./named";
import { ScrubAsked } from "./scrub-asked";
import { ScrubStatus } from "./scrub-status";
import { AllowedShare } from "./allowed-share";

/** Scrubs with what came of them; those that run say how far they are. */
export function ScrubTable({ scrubs, named }: { scrubs: readonly ScrubView[]; named: Named }) {
  const t = useTranslations("scrubs");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<ScrubView>, ...Column<ScrubView>[]] = [
    {
      key: "file",
      head: t("file"),
      cell: ({ id, fileName }) => <Link href={`/scrubs/${id}`}>{fileName}</Link>,
    },
    {
      key: "asked",
      head: t("about"),
      cell: (scrub) => <ScrubAsked scrub={scrub} named={named} />,
    },
    { key: "status", head: t("status"), cell: (scrub) => <ScrubStatus scrub={scrub} /> },
    {
      key: "rows",
      head: t("rows"),
      narrow: t("rows"),
      isFigure: true,
      cell: ({ rows }) => rows > 0 && <Count value={rows} />,
    },
    {
      key: "allowed",
      head: t("allowed"),
      narrow: t("allowed"),
      isFigure: true,
      cell: ({ counts }) => counts && <Count value={counts.allow} />,
    },
    {
      key: "share",
      head: <span className="pl-3">{t("share")}</span>,
      narrow: t("share"),
      cell: ({ counts }) => counts && <AllowedShare counts={counts} />,
    },
    {
      key: "refused",
      head: t("refused"),
      narrow: t("refused"),
      isFigure: true,
      cell: ({ counts }) => counts && <Count value={counts.refuse} />,
    },
    {
      key: "begun",
      head: t("begun", { zone }),
      narrow: t("begun", { zone }),
      isFigure: true,
      cell: ({ createdAt }) => <LocalTime instant={createdAt} precision="cell" />,
    },
  ];
  return (
    <Table isStack caption={t("caption")} columns={columns} rows={scrubs} rowKey={({ id }) => id} />
  );
}
