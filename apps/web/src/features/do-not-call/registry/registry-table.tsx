import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { Count } from "@/components/count";
import { Empty } from "@/components/empty";
import { LocalTime } from "@/components/local-time";
import { type Column, Table } from "@/components/table";
import { useAgeAndNumbers } from "./use-age-and-numbers";

/** Registries and their ages: every limit stands at the same post, so what is stale sticks out. */
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
    ...useAgeAndNumbers(),
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
