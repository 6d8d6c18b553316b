import type { CountryCoverage } from "@ringfence/core/people/jurisdiction";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { type SeriesLook, seriesPaint } from "@/components/charts/series";
import { placeName } from "@/i18n/place-name";
import { drawWorld } from "./country-shapes";

/** Level of a country on the map: its weakest mark, no rule that refuses calls, or no rules at all. */
type Level = NonNullable<CountryCoverage["weakest"]> | "none" | "unknown";

/** Fill of each level. The patterns differ too, so that the levels can be told apart without color. */
const looks: Record<Exclude<Level, "unknown">, SeriesLook> = { A: 1, B: 5, C: 2, none: 3 };
const levels = ["A", "B", "C", "none", "unknown"] as const;

const toLevelPaint = (level: Level) =>
  level === "unknown"
    ? { fill: "var(--surface-sunken)", stroke: "var(--line-strong)" }
    : seriesPaint({ key: level, name: level, look: looks[level] });

type WorldMapProps = {
  coverage: readonly CountryCoverage[];
  /** Number of countries without rules. */
  unknown: number;
};

/**
 * Renders a world map colored by the weakest mark of each country's rules. It is hidden from keyboards and screen
 * readers, because the table below it has the same links and figures.
 */
export function WorldMap({ coverage, unknown }: WorldMapProps) {
  const t = useTranslations("rulePlaces");
  const format = useFormatter();
  const { width, height, shapes } = drawWorld(coverage.map(({ country }) => country));
  const known = new Map<string | null, CountryCoverage>(coverage.map((one) => [one.country, one]));
  const counts = Map.groupBy(coverage, toLevel);
  return (
    <figure className="pt-3 break-inside-avoid">
      <svg aria-hidden viewBox={`0 0 ${width} ${height}`} className="block h-auto w-full">
        {shapes.map(({ key, country, path }) => {
          const one = known.get(country);
          return one === undefined ? (
            <path key={key} d={path} strokeWidth={0.5} {...toLevelPaint("unknown")}>
              <UnknownTitle country={country} />
            </path>
          ) : (
            <KnownCountry key={key} coverage={one} path={path} />
          );
        })}
      </svg>
      <figcaption>
        <ul className="flex flex-wrap gap-x-6 gap-y-1 pt-2.5">
          {levels.map((level) => {
            const count = level === "unknown" ? unknown : (counts.get(level)?.length ?? 0);
            if (count === 0) return null;
            return (
              <li key={level} className="inline-flex items-center gap-2">
                <svg aria-hidden width="20" height="14" className="shrink-0">
                  <rect x=".5" y=".5" width="19" height="13" {...toLevelPaint(level)} />
                </svg>
                <span>
                  {t(`levels.${level}`)} <b className="tabular-nums">{format.number(count)}</b>
                </span>
              </li>
            );
          })}
        </ul>
        <p className="max-w-[46rem] pt-2 text-sm text-muted">{t("borders")}</p>
      </figcaption>
    </figure>
  );
}

const toLevel = ({ weakest }: CountryCoverage): Level => weakest ?? "none";

/** Renders a country with rules as a link to its page, for the mouse only. Its tooltip has the name and level. */
function KnownCountry({ coverage, path }: { coverage: CountryCoverage; path: string }) {
  const t = useTranslations("rulePlaces");
  const locale = useLocale();
  const level = toLevel(coverage);
  const name = placeName(locale, coverage.country);
  return (
    <Link href={`/rules/${coverage.country}`} tabIndex={-1} prefetch={false}>
      <path d={path} strokeWidth={0.75} {...toLevelPaint(level)}>
        <title>{t("tip", { country: name, level: t(`levels.${level}`) })}</title>
      </path>
    </Link>
  );
}

function UnknownTitle({ country }: { country: string | null }) {
  const t = useTranslations("rulePlaces");
  const locale = useLocale();
  if (country === null) return null;
  return (
    <title>{t("tip", { country: placeName(locale, country), level: t("levels.unknown") })}</title>
  );
}
