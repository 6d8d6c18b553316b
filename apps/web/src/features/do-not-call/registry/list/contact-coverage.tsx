import type { ContactCoverage as Coverage } from "@ringfence/services/do-not-call/registry";
import { useLocale, useTranslations } from "next-intl";
import { Empty, Section } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import type { CoveringRegistry, JurisdictionCoverage } from "@ringfence/core/do-not-call/registry";
import { Badge } from "@/components/badge";
import { Count } from "@/components/numbers";
import { type Column, Table } from "@/components/table";
import { placeName } from "@/i18n/place-name";

/**
 * Shows, by jurisdiction, how many contacts cannot be called: a registry is missing, stale or leaves out their numbers.
 */
export function ContactCoverage({ coverage }: { coverage: Coverage }) {
  const t = useTranslations("contactCoverage");
  const { countedAt, jurisdictions, unknown } = coverage;
  if (countedAt === null) {
    return (
      <Section title={t("title")}>
        <Empty title={t("uncounted")}>{t("uncountedBody")}</Empty>
      </Section>
    );
  }
  return (
    <Section
      title={t("title")}
      aside={t.rich("counted", { time: () => <LocalTime key="at" instant={countedAt} /> })}
    >
      {unknown > 0 && <p className="pt-3 text-refuse">{t("unknown", { count: unknown })}</p>}
      {jurisdictions.length === 0 ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <>
          <ContactCoverageTable places={jurisdictions} />
          <p className="max-w-[46rem] pt-2 text-sm text-muted">{t("means")}</p>
        </>
      )}
    </Section>
  );
}

/** Lists the jurisdictions of the contacts with their required registries. */
function ContactCoverageTable({ places }: { places: readonly JurisdictionCoverage[] }) {
  const t = useTranslations("contactCoverage");
  const locale = useLocale();
  const columns: [Column<JurisdictionCoverage>, ...Column<JurisdictionCoverage>[]] = [
    {
      key: "place",
      head: t("place"),
      cell: (place) => (
        <>
          {placeName(locale, place.jurisdiction)}
          {place.refused > 0 && <RefusedNote place={place} />}
        </>
      ),
    },
    {
      key: "contacts",
      head: t("contacts"),
      isFigure: true,
      narrow: t("contacts"),
      cell: ({ contacts }) => <Count value={contacts} />,
    },
    {
      key: "refused",
      head: t("refused"),
      isFigure: true,
      narrow: t("refused"),
      cell: ({ refused }) => <Count value={refused} />,
    },
    {
      key: "registries",
      head: t("registries"),
      narrow: "full",
      cell: ({ registries }) => (
        <ul className="grid gap-1">
          {registries.map((registry) => (
            <RequiredRegistry key={registry.code} registry={registry} />
          ))}
        </ul>
      ),
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={places}
      rowKey={({ jurisdiction }) => jurisdiction}
    />
  );
}

function RefusedNote({ place: { lacks, isLifted } }: { place: JurisdictionCoverage }) {
  const t = useTranslations("contactCoverage");
  return (
    <p className="text-sm font-normal text-pretty text-refuse">
      {t(`lacks.${lacks}`)}
      {isLifted && ` ${t("lifted")}`}
    </p>
  );
}

function RequiredRegistry({ registry }: { registry: CoveringRegistry }) {
  const t = useTranslations("contactCoverage");
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <Badge status={findStatus(registry)} />
      <span>{registry.name}</span>
      {registry.isPartial && <span className="text-sm text-muted">{t("partial")}</span>}
    </li>
  );
}

/** Finds the status of a required registry. Some only cause a warning while they are not connected. */
function findStatus({ state, isConnected, warnsWhenUnread }: CoveringRegistry) {
  if (!isConnected) return warnsWhenUnread ? "not-checked" : "not-connected";
  return ({ fresh: "fresh", near: "near-limit", stale: "stale", none: "stale" } as const)[state];
}
