import type { ConsentListItem } from "@ringfence/services/consents/consent";
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Badge } from "@/components/badge";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { Standings } from "../words";

type ConsentTableProps = {
  consents: readonly ConsentListItem[];
  purposes: ReadonlyMap<string, string>;
};

/** Table of consents with standing, source and missing elements. */
export function ConsentTable({ consents, purposes }: ConsentTableProps) {
  const t = useTranslations("consents");
  const columns: [Column<ConsentListItem>, ...Column<ConsentListItem>[]] = [
    ...useStandingColumns(purposes),
    ...useSourceColumns(),
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={consents}
      rowKey={({ id }) => id}
    />
  );
}

function useStandingColumns(
  purposes: ConsentTableProps["purposes"],
): [Column<ConsentListItem>, ...Column<ConsentListItem>[]] {
  const t = useTranslations("consents");
  return [
    {
      key: "phone",
      head: t("phone"),
      cell: ({ id, phone }) => (
        <Link href={`/consents/${id}`} prefetch={false}>
          {phone ? <PhoneText phone={phone} /> : t("erased")}
        </Link>
      ),
    },
    {
      key: "standing",
      head: t("standing"),
      narrow: "full",
      cell: ({ standing, latest }) =>
        standing.length > 0 ? (
          <Standings standing={standing} purposes={purposes} />
        ) : (
          <span>
            {t("dataAlone")} {latest === "granted" && <Badge status="granted" />}
          </span>
        ),
    },
    { key: "seller", head: t("seller"), narrow: t("seller"), cell: ({ seller }) => seller },
  ];
}

function useSourceColumns(): Column<ConsentListItem>[] {
  const t = useTranslations("consents");
  const kinds = useTranslations("captureForms.kinds");
  const elements = useTranslations("elements");
  const format = useFormatter();
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "source",
      head: t("source"),
      narrow: t("source"),
      cell: ({ source, form }) => (
        <>
          {form ?? kinds(source)}
          {form && <span className="block text-muted">{kinds(source)}</span>}
        </>
      ),
    },
    {
      key: "lacks",
      head: t("lacks"),
      narrow: t("lacks"),
      cell: ({ weakness }) =>
        weakness.length === 0 ? (
          <span className="text-muted">{t("nothing")}</span>
        ) : (
          format.list(weakness.map((element) => elements(element)))
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
