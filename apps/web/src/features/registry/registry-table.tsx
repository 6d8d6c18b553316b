import type { listRegistries } from "@ringfence/services/registry";
import { useTimeZone, useTranslations } from "next-intl";
import { AgeBar } from "@/components/age-bar";
import { Badge } from "@/components/badge";
import { Count } from "@/components/count";
import { Empty } from "@/components/empty";
import { LocalTime } from "@/components/local-time";
import { type Column, Table } from "@/components/table";

type Registry = Awaited<ReturnType<typeof listRegistries>>[number];

/** Registries and their ages: every limit stands at the same post, so what is stale sticks out. */
export function RegistryTable({ registries }: { registries: readonly Registry[] }) {
  const t = useTranslations("registries");
  const zone = useTimeZone() ?? "UTC";
  const columns: [Column<Registry>, ...Column<Registry>[]] = [
    { key: "name", head: t("name"), cell: ({ name }) => name },
    {
      key: "read",
      head: t("read"),
      cell: ({ verifiedAt }) =>
        verifiedAt ? <LocalTime instant={verifiedAt} precision="day" /> : t("never"),
    },
    {
      key: "age",
      head: t("age"),
      narrow: "full",
      cell: ({ ageDays, maxAgeDays }) =>
        ageDays === null ? (
          <Badge status="stale" />
        ) : (
          <AgeBar ageDays={ageDays} limitDays={maxAgeDays} />
        ),
    },
    {
      key: "numbers",
      head: t("numbers"),
      isFigure: true,
      narrow: t("narrowNumbers"),
      cell: ({ listed }) => <Count value={listed} />,
    },
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
      rows={registries.toSorted((a, b) => partOf(b) - partOf(a))}
      rowKey={({ id }) => id}
    />
  );
}

/** The one that is nearest to its limit comes first; what was never read is the oldest of all. */
const partOf = ({ ageDays, maxAgeDays }: Registry) =>
  ageDays === null ? Infinity : ageDays / maxAgeDays;
