import type { RegistryId } from "@ringfence/core/ids";
import type { RegistryOverview, TrendPoint } from "@ringfence/services/do-not-call/registry";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";
import { Difference } from "./difference";
import { NextReading } from "./next-reading";
import { ReadButton } from "./read-button";
import { RegistryRemark } from "./registry-remark";
import { isOpen } from "./run-status";
import { TrendLine } from "./trend-line";
import { useAgeAndNumbers } from "./use-age-and-numbers";

type RegistryListProps = {
  registries: readonly RegistryOverview[];
  trends: ReadonlyMap<RegistryId, readonly TrendPoint[]>;
  /** Whether the member may have one read; the page says who may. */
  mayRead: boolean;
};

/** Registries as ages, with what changed last and what is being read; the oldest first. */
export function RegistryList({ registries, trends, mayRead }: RegistryListProps) {
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
      columns={[...useColumns(zone, trends), readNow]}
      rows={registries}
      rowKey={({ id }) => id}
    />
  );
}

function useColumns(
  zone: string,
  trends: RegistryListProps["trends"],
): [Column<RegistryOverview>, ...Column<RegistryOverview>[]] {
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
      key: "trend",
      head: t("trend"),
      narrow: t("trend"),
      // Of one that is asked, an edition tells of ten millions by each answer: that is no size.
      cell: ({ id, answers }) => answers === null && <TrendLine points={trends.get(id) ?? []} />,
    },
    {
      key: "changed",
      head: t("changed"),
      isFigure: true,
      narrow: t("changed"),
      cell: ({ answers, edition }) =>
        answers === null && edition && <Difference edition={edition} />,
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
