import { tellDeed } from "@ringfence/core/audience/segment";
import type { Arrival } from "@ringfence/services/people/activity";
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Empty } from "@/components/empty";
import { LocalTime } from "@/components/local-time";
import { PersonLink } from "@/components/person-link";
import { Section } from "@/components/section";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";

/** The last activities that came, and of whom. */
export function ArrivalTable({ arrivals }: { arrivals: readonly Arrival[] }) {
  const t = useTranslations("activities");
  const columns = useColumns();
  return (
    <Section title={t("arrivals")} aside={t("arrivalsAside")}>
      {arrivals.length === 0 ? (
        <Empty title={t("noneLately")}>{t("noneBody")}</Empty>
      ) : (
        <Table
          isStack
          caption={t("arrivalsCaption")}
          columns={columns}
          rows={arrivals.map((arrival, index) => ({ ...arrival, place: String(index) }))}
          rowKey={({ place }) => place}
        />
      )}
    </Section>
  );
}

type Row = Arrival & { place: string };

function useColumns(): [Column<Row>, ...Column<Row>[]] {
  const t = useTranslations("activities");
  const locale = useLocale();
  const format = useFormatter();
  const zone = zoneLabel(locale, useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "person",
      head: t("person"),
      cell: (arrival) => <PersonLink href={`/contacts/${arrival.contactId}`} person={arrival} />,
    },
    { key: "type", head: t("type"), cell: ({ type }) => tellDeed(locale, { type }) },
    { key: "category", head: t("category"), cell: ({ category }) => category },
    {
      key: "amount",
      head: t("amount"),
      narrow: t("amount"),
      isFigure: true,
      cell: ({ amount }) =>
        amount !== null && format.number(amount / 100, { minimumFractionDigits: 2 }),
    },
    {
      key: "at",
      head: t("happened", { zone }),
      narrow: t("happened", { zone }),
      isFigure: true,
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "recordedAt",
      head: t("came", { zone }),
      narrow: t("came", { zone }),
      isFigure: true,
      cell: ({ recordedAt }) => <LocalTime instant={recordedAt} precision="cell" />,
    },
  ];
}
