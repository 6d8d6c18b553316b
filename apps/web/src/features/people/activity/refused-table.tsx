import type { SentActivities } from "@ringfence/services/people/activity";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Count } from "@/components/count";
import { LocalTime } from "@/components/local-time";
import { Section } from "@/components/section";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";

/** What came by the API with rows that could not be taken, and by which fields. */
export function RefusedTable({ sent }: { sent: readonly SentActivities[] }) {
  const t = useTranslations("activities");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<SentActivities>, ...Column<SentActivities>[]] = [
    {
      key: "at",
      head: t("came", { zone }),
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "rejected",
      head: t("rejected"),
      narrow: t("rejected"),
      isFigure: true,
      cell: ({ rejected }) => <Count value={rejected} />,
    },
    {
      key: "accepted",
      head: t("accepted"),
      narrow: t("accepted"),
      isFigure: true,
      cell: ({ accepted }) => <Count value={accepted} />,
    },
    { key: "refused", head: t("byField"), narrow: t("byField"), cell: ({ refused }) => refused },
  ];
  return (
    <Section title={t("refused")}>
      {sent.length > 0 && (
        <Table
          isStack
          caption={t("refusedCaption")}
          columns={columns}
          rows={sent}
          rowKey={({ at }) => at.toISOString()}
        />
      )}
      <p className="pt-2.5 text-sm text-muted">
        {sent.length === 0 && <>{t("noneRefused")} </>}
        {t.rich("refusedFoot", { a: (words) => <Link href="/imports">{words}</Link> })}
      </p>
    </Section>
  );
}
