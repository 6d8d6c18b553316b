import { SuppressionId } from "@ringfence/core/ids";
import type { listSuppressions } from "@ringfence/services/do-not-call/suppression";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";
import { PhoneLink } from "@/components/people";
import { RecordedAt } from "@/components/officers";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { EndSuppressionButton } from "./end-button";

type Suppression = Awaited<ReturnType<typeof listSuppressions>>["items"][number];

type SuppressionTableProps = {
  suppressions: readonly Suppression[];
  /** Why the member may not end suppressions. */
  whyNotEnd: string | undefined;
};

/** Table of suppressions with reason, dates and author. */
export function SuppressionTable({ suppressions, whyNotEnd }: SuppressionTableProps) {
  const t = useTranslations("suppressions");
  const columns: [Column<Suppression>, ...Column<Suppression>[]] = [
    {
      key: "phone",
      head: t("phone"),
      cell: ({ phoneId, phone }) =>
        phone ? <PhoneLink phoneId={phoneId} phone={phone} /> : t("erased"),
    },
    ...useWhyColumns(),
    {
      key: "end",
      head: t("ending"),
      narrow: "full",
      cell: ({ id, until }) => (
        <Ending id={SuppressionId.parse(id)} until={until} whyNot={whyNotEnd} />
      ),
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={suppressions}
      rowKey={({ id }) => id}
    />
  );
}

function useWhyColumns(): Column<Suppression>[] {
  const t = useTranslations("suppressions");
  const reasons = useTranslations("suppressions.reasons");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "reason",
      head: t("reason"),
      narrow: t("reason"),
      cell: ({ reason }) => reasons(reason),
    },
    {
      key: "since",
      head: t("since", { zone }),
      narrow: t("since", { zone }),
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "until",
      head: t("until", { zone }),
      narrow: t("until", { zone }),
      cell: ({ until }) => (until ? <LocalTime instant={until} precision="cell" /> : t("forGood")),
    },
    {
      key: "recorded",
      head: t("recorded", { zone }),
      narrow: t("recorded", { zone }),
      cell: ({ recordedAt, by }) => <RecordedAt at={recordedAt} by={by} />,
    },
  ];
}

type EndingProps = { id: SuppressionId; until: Date | null; whyNot: string | undefined };

function Ending({ id, until, whyNot }: EndingProps) {
  const t = useTranslations("suppressions");
  const now = useNow();
  if (until !== null && until <= now) return <span className="text-muted">{t("ended")}</span>;
  return <EndSuppressionButton id={id} whyNot={whyNot} />;
}
