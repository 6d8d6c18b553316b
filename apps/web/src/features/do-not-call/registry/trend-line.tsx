import type { TrendPoint } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";

const [WIDTH, HEIGHT, EDGE] = [96, 24, 3];

/** The size of a registry over its last editions, as a line in a cell; the edition's page has the chart. */
export function TrendLine({ points }: { points: readonly TrendPoint[] }) {
  const t = useTranslations("registryTrend");
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const sizes = points.map(({ listed }) => listed);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const placeOf = (listed: number, index: number) => {
    const x = EDGE + (index / (sizes.length - 1)) * (WIDTH - 2 * EDGE);
    // One that never changed is a line in the middle.
    const share = most === least ? 0.5 : (listed - least) / (most - least);
    return `${x.toFixed(1)},${(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)).toFixed(1)}`;
  };
  const places = sizes.map(placeOf);
  const [x, y] = places.at(-1)?.split(",") ?? [];
  return (
    <svg
      role="img"
      aria-label={t("sizeSentence", { before: first.listed, after: last.listed })}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="inline-block h-6 w-24 align-middle"
    >
      <polyline points={places.join(" ")} fill="none" stroke="var(--chart-1)" strokeWidth="1.5" />
      <circle cx={x} cy={y} r="2.5" fill="var(--chart-1)" />
    </svg>
  );
}
