import { useTranslations } from "next-intl";

const [WIDTH, HEIGHT] = [96, 20];

/** How a segment grew over its last counts: a line, and what it comes to in words. */
export function SizeTrend({ sizes }: { sizes: readonly { at: Date; size: number }[] }) {
  const t = useTranslations("segments");
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (first === undefined || last === undefined || sizes.length < 2) {
    return <span className="text-muted">{t("noTrend")}</span>;
  }
  const change = last.size - first.size;
  return (
    <span className="inline-flex items-center gap-2">
      <svg
        aria-hidden
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        className="max-sm:hidden"
      >
        <polyline points={pointsOf(sizes)} fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      <span className="text-sm whitespace-nowrap tabular-nums">
        {t("trendOf", { change, counts: sizes.length })}
      </span>
    </span>
  );
}

function pointsOf(sizes: readonly { size: number }[]) {
  const all = sizes.map(({ size }) => size);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const high = (size: number) => (most === least ? 0.5 : (size - least) / (most - least));
  return all
    .map((size, index) => {
      const x = (index / (all.length - 1)) * (WIDTH - 2) + 1;
      return `${x.toFixed(1)},${((1 - high(size)) * (HEIGHT - 4) + 2).toFixed(1)}`;
    })
    .join(" ");
}
