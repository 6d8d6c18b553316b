import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Count } from "@/components/numbers";
import { Empty } from "@/components/page-layout";
import { AgeBar, LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { Badge } from "@/components/badge";

/** Lists registries and their ages. All limits line up, so that a stale registry stands out. */
export function RegistryTable({ registries }: { registries: readonly RegistryOverview[] }) {
  const t = useTranslations("registries");
  const zone = useTimeZone() ?? "UTC";
  const columns: [Column<RegistryOverview>, ...Column<RegistryOverview>[]] = [
    {
      key: "name",
      head: t("name"),
      cell: ({ id, name }) => <Link href={`/registries/${id}`}>{name}</Link>,
    },
    {
      key: "read",
      head: t("read"),
      cell: ({ verifiedAt }) =>
        verifiedAt ? <LocalTime instant={verifiedAt} precision="day" /> : t("never"),
    },
    ...useAgeAndNumberColumns(),
    {
      key: "edition",
      head: t("edition"),
      isFigure: true,
      narrow: t("narrowEdition"),
      cell: ({ edition }) => (edition?.number ? <Count value={edition.number} /> : t("never")),
    },
  ];
  if (registries.length === 0) return <Empty title={t("none")}>{t("noneBody")}</Empty>;
  return (
    <Table
      isStack
      caption={t("caption", { zone })}
      columns={columns}
      rows={registries}
      rowKey={({ id }) => id}
    />
  );
}

/** Columns that all tables of registries share. */
export function useAgeAndNumberColumns(): [Column<RegistryOverview>, Column<RegistryOverview>] {
  const t = useTranslations("registries");
  return [
    {
      key: "age",
      head: t("age"),
      narrow: "full",
      cell: ({ ageDays, limitDays }) =>
        ageDays === null ? (
          <Badge status="stale" />
        ) : (
          <AgeBar ageDays={ageDays} limitDays={limitDays} />
        ),
    },
    {
      key: "numbers",
      head: t("numbers"),
      isFigure: true,
      narrow: t("narrowNumbers"),
      cell: ({ answers, listed }) =>
        answers === null ? (
          <Count value={listed} />
        ) : (
          t("answered", { listed: answers.answered - answers.free, answered: answers.answered })
        ),
    },
  ];
}
