import type { RegistryOverview } from "@ringfence/services/registry";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { Difference } from "./difference";
import { NextReading } from "./next-reading";
import { ReadButton } from "./read-button";
import { RegistryRemark } from "./registry-remark";
import { isOpen } from "./run-status";
import { useAgeAndNumbers } from "./use-age-and-numbers";

type RegistryListProps = {
  registries: readonly RegistryOverview[];
  /** Whether the member may have one read; the page says who may. */
  mayRead: boolean;
};

/** Registries as ages, with what changed last and what is being read; the oldest first. */
export function RegistryList({ registries, mayRead }: RegistryListProps) {
  const t = useTranslations("registries");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const readNow: Column<RegistryOverview> = {
    key: "read",
    head: <span className="sr-only">{t("readNow")}</span>,
    isFigure: true,
    cell: (registry) => (
      <span className="-my-1 inline-block">
        <ReadButton
          size="small"
          registry={registry}
          isShut={!mayRead || (registry.run !== null && isOpen(registry.run))}
        />
      </span>
    ),
  };
  return (
    <Table
      isStack
      caption={t("caption", { zone })}
      columns={[...useColumns(zone), readNow]}
      rows={registries}
      rowKey={({ id }) => id}
    />
  );
}

function useColumns(zone: string): [Column<RegistryOverview>, ...Column<RegistryOverview>[]] {
  const t = useTranslations("registries");
  return [
    {
      key: "name",
      head: t("name"),
      cell: (registry) => (
        <>
          <Link href={`/registries/${registry.id}`}>{registry.name}</Link>
          <RegistryRemark registry={registry} />
        </>
      ),
    },
    ...useAgeAndNumbers(),
    {
      key: "changed",
      head: t("changed"),
      isFigure: true,
      narrow: t("changed"),
      cell: ({ edition }) => edition && <Difference edition={edition} />,
    },
    {
      key: "next",
      head: t("next", { zone }),
      isFigure: true,
      narrow: t("next", { zone }),
      cell: (registry) => <NextReading registry={registry} />,
    },
  ];
}
