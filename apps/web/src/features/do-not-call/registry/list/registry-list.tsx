import { fromStoredMessage } from "@ringfence/core/platform/message";
import type { RegistryId } from "@ringfence/core/ids";
import type {
  DisconnectedRegistry,
  RegistryOverview,
  TrendPoint,
} from "@ringfence/services/do-not-call/registry";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/format-time";
import { ChangeCounts, isOpen } from "../words";
import { ReadButton, ReadingBadge } from "../reading";
import type { JurisdictionCoverage } from "@ringfence/core/do-not-call/registry";
import type { ReactNode } from "react";
import { Badge } from "@/components/badge";
import { MessageText } from "@/components/message-text";
import { AgeBar, LocalTime } from "@/components/dates";
import { Count } from "@/components/numbers";

type RegistryListProps = {
  registries: readonly RegistryOverview[];
  trends: ReadonlyMap<RegistryId, readonly TrendPoint[]>;
  /** True if the member may start a reading. */
  mayRead: boolean;
};

/** Lists connected registries with age, last change and next reading, in the given order. */
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
    ...useAgeAndNumberColumns(),
    {
      key: "trend",
      head: t("trend"),
      narrow: t("trend"),
      // Editions made of answers list whole areas, so their size means nothing.
      cell: ({ id, answers }) => answers === null && <TrendLine points={trends.get(id) ?? []} />,
    },
    {
      key: "changed",
      head: t("changed"),
      isFigure: true,
      narrow: t("changed"),
      cell: ({ answers, edition }) =>
        answers === null && edition && <ChangeCounts edition={edition} />,
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

const b = (text: ReactNode) => <b>{text}</b>;

type RegistriesSummaryProps = {
  registries: readonly RegistryOverview[];
  /** Jurisdictions of the contacts. */
  jurisdictions: readonly JurisdictionCoverage[];
};

/** Says in a few sentences whether a connected or a missing registry needs attention. */
export function RegistriesSummary({ registries, jurisdictions }: RegistriesSummaryProps) {
  const t = useTranslations("registries");
  const stale = registries.filter(({ isStale }) => isStale).length;
  const held = registries.filter(({ held }) => held !== null).length;
  const refusing = jurisdictions.filter(({ refused }) => refused > 0).length;
  return (
    <p className="max-w-[46rem] text-lg text-pretty">
      {stale + held + refusing === 0 && t.rich("calm", { b })}
      {stale > 0 && t.rich("stale", { b, count: stale })}{" "}
      {held > 0 && t.rich("held", { b, count: held })}{" "}
      {refusing > 0 && t.rich("missing", { b, count: refusing })}
    </p>
  );
}

/** Notes that the last reading failed, or that an edition waits for review. */
function RegistryRemark({ registry: { held, run } }: { registry: RegistryOverview }) {
  const t = useTranslations("registries");
  return (
    <>
      {run?.error && (
        <span
          className={`block max-w-[24rem] font-normal ${run.status === "failed" ? "text-refuse" : "text-muted"}`}
        >
          {run.status === "failed" &&
            run.endedAt &&
            t.rich("failedAt", {
              time: () => <LocalTime instant={run.endedAt ?? run.createdAt} />,
            })}{" "}
          <MessageText message={fromStoredMessage(run.error)} />
        </span>
      )}
      {held && <span className="block font-medium text-warn">{t("heldShort")}</span>}
    </>
  );
}

/** Shows when a registry is read next, what that waits for, or the progress of the current reading. */
function NextReading({ registry: { awaits, nextReadAt, run } }: { registry: RegistryOverview }) {
  const t = useTranslations("registries");
  if (run !== null && isOpen(run)) return <ReadingBadge run={run} />;
  if (awaits !== null) return t(`awaits.${awaits}`);
  return nextReadAt === null ? t("soon") : <LocalTime instant={nextReadAt} precision="cell" />;
}

const [WIDTH, HEIGHT, EDGE] = [96, 24, 3];

/** Draws the size of a registry over its last editions as a small line. Its page has the full chart. */
function TrendLine({ points }: { points: readonly TrendPoint[] }) {
  const t = useTranslations("registryTrend");
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const sizes = points.map(({ listed }) => listed);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const toPoint = (listed: number, index: number) => {
    const x = EDGE + (index / (sizes.length - 1)) * (WIDTH - 2 * EDGE);
    // A constant size is a line in the middle.
    const share = most === least ? 0.5 : (listed - least) / (most - least);
    return `${x.toFixed(1)},${(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)).toFixed(1)}`;
  };
  const line = sizes.map(toPoint);
  const [x, y] = line.at(-1)?.split(",") ?? [];
  return (
    <svg
      role="img"
      aria-label={t("sizeSentence", { before: first.listed, after: last.listed })}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="inline-block h-6 w-24 align-middle"
    >
      <polyline points={line.join(" ")} fill="none" stroke="var(--chart-1)" strokeWidth="1.5" />
      <circle cx={x} cy={y} r="2.5" fill="var(--chart-1)" />
    </svg>
  );
}

/** Lists the disconnected registries that it is given, with links to their pages, where they can be connected again. */
export function DisconnectedList({ registries }: { registries: readonly DisconnectedRegistry[] }) {
  const t = useTranslations("registries");
  return (
    <ul className="grid gap-1 pt-2">
      {registries.map(({ id, name, at }) => (
        <li key={id}>
          <Link href={`/registries/${id}`}>{name}</Link>{" "}
          <span className="text-sm text-muted">
            {t.rich("disconnectedSince", { time: () => <LocalTime key="at" instant={at} /> })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Age against the limit, and how many numbers are listed. */
function useAgeAndNumberColumns(): [Column<RegistryOverview>, Column<RegistryOverview>] {
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
