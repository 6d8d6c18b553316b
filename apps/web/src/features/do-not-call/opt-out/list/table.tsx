import type { listOptOuts } from "@ringfence/services/do-not-call/opt-out";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { LocalTime } from "@/components/dates";
import { PhoneLink } from "@/components/people";
import { RecordedAt } from "@/components/officers";
import { RecordingLink } from "@/components/recording-link";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { ChannelWord, ReachWords, type ScopeNames, ScopeWords } from "../words";

type OptOut = Awaited<ReturnType<typeof listOptOuts>>["items"][number];

type OptOutTableProps = { optOuts: readonly OptOut[]; names: ScopeNames };

/** Table of opt-outs with scope, source, channel and reference. */
export function OptOutTable({ optOuts, names }: OptOutTableProps) {
  const t = useTranslations("optOuts");
  const columns: [Column<OptOut>, ...Column<OptOut>[]] = [
    ...useColumns(names),
    ...useReachColumns(),
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={optOuts}
      rowKey={({ id }) => id}
    />
  );
}

function useColumns(names: ScopeNames): [Column<OptOut>, ...Column<OptOut>[]] {
  const t = useTranslations("optOuts");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "phone",
      head: t("phone"),
      cell: ({ phoneId, phone }) =>
        phone ? <PhoneLink phoneId={phoneId} phone={phone} /> : t("erased"),
    },
    {
      key: "scope",
      head: t("refuses"),
      narrow: t("refuses"),
      cell: ({ scope, note, recording, correctedAt }) => (
        <>
          <ScopeWords scope={scope} names={names} />
          {correctedAt && <span className="block text-muted">{t("corrected")}</span>}
          {note && <span className="block max-w-[22rem] text-muted">{note}</span>}
          {recording && (
            <span className="block max-w-[22rem]">
              <RecordingLink recording={recording} />
            </span>
          )}
        </>
      ),
    },
    {
      key: "channel",
      head: t("channel"),
      narrow: t("through"),
      cell: ({ channel }) => <ChannelWord channel={channel} />,
    },
    {
      key: "said",
      head: t("said", { zone }),
      narrow: t("said", { zone }),
      cell: ({ effectiveAt }) => <LocalTime instant={effectiveAt} precision="cell" />,
    },
    {
      key: "recorded",
      head: t("recorded", { zone }),
      narrow: t("recorded", { zone }),
      cell: ({ recordedAt, by }) => <RecordedAt at={recordedAt} by={by} />,
    },
  ];
}

function useReachColumns(): Column<OptOut>[] {
  const t = useTranslations("optOuts");
  return [
    {
      key: "reach",
      head: t("reach"),
      narrow: t("reach"),
      cell: ({ reach }) => <ReachWords reach={reach} />,
    },
    {
      key: "reference",
      head: t("reference"),
      narrow: t("reference"),
      isFigure: true,
      cell: ({ id, reference }) => (
        <Link href={`/opt-outs/${id}`} className="font-mono">
          {reference}
        </Link>
      ),
    },
  ];
}
