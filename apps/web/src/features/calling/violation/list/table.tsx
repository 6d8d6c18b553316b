import type { ViolationView } from "@ringfence/services/calling/violation";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Badge } from "@/components/badge";
import { LocalTime } from "@/components/dates";
import { PhoneLink } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";

type Row = ViolationView;

/** Table of violations, most severe first, with cause, seller, owner and due date. */
export function ViolationTable({ violations }: { violations: readonly Row[] }) {
  const t = useTranslations("violations");
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={[...useWhatColumns(), ...useSettlingColumns()]}
      rows={violations}
      rowKey={({ id }) => id}
    />
  );
}

function useWhatColumns(): [Column<Row>, ...Column<Row>[]] {
  const t = useTranslations("violations");
  const causes = useTranslations("violations.causes");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "what",
      head: t("what"),
      cell: ({ id, causes: found }) => {
        const names = [...new Set(found.map(({ cause }) => cause))];
        const [first = "cannot-check", ...more] = names;
        return (
          <>
            <Link href={`/violations/${id}`} prefetch={false}>
              {causes(first)}
            </Link>
            {more.length > 0 && (
              <span className="block text-sm font-normal text-muted">
                {t("andMore", { count: more.length })}
              </span>
            )}
          </>
        );
      },
    },
    {
      key: "severity",
      head: t("severity"),
      narrow: t("severity"),
      cell: ({ severity }) => <Badge status={severity} />,
    },
    {
      key: "whose",
      head: t("whose"),
      narrow: t("whose"),
      cell: ({ call, campaign }) =>
        call === null ? (
          t("campaign", { campaign: campaign ?? "" })
        ) : (
          <>
            {call.phone ? <PhoneLink phoneId={call.phoneId} phone={call.phone} /> : t("erased")}
            <span className="block text-muted">{call.seller}</span>
          </>
        ),
    },
    {
      key: "at",
      head: t("at", { zone }),
      narrow: t("at", { zone }),
      isFigure: true,
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
  ];
}

function useSettlingColumns(): Column<Row>[] {
  const t = useTranslations("violations");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "due",
      head: t("due", { zone }),
      narrow: t("due", { zone }),
      isFigure: true,
      cell: ({ dueAt, closedAt, isOverdue }) =>
        closedAt === null ? (
          <>
            <LocalTime instant={dueAt} precision="cell" />
            {isOverdue && <span className="block text-refuse">{t("overdue")}</span>}
          </>
        ) : (
          t.rich("settled", { time: () => <LocalTime instant={closedAt} precision="cell" /> })
        ),
    },
    {
      key: "owner",
      head: t("owner"),
      narrow: t("owner"),
      cell: ({ owner }) =>
        owner === null ? (
          <span className="text-muted">{t("nobody")}</span>
        ) : (
          (owner.name ?? t("gone"))
        ),
    },
  ];
}
