import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Column, Table } from "../table";
import { type Series, seriesPaint } from "./series";

type BarRowsProps<Row> = {
  title: string;
  /** One bar a row. More than `ROWS_IN_SIGHT` are in the table only. */
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  label: (row: Row) => ReactNode;
  /** Words and figures beside the bar, which screen readers skip. */
  text: (row: Row) => ReactNode;
  /** Name of each pattern, if the bars have several. */
  series: readonly [Series, ...Series[]];
  /** Length of each part of a bar by series, in any unit. */
  sizes: (row: Row) => Readonly<Record<string, number>>;
  /** The same as a table, one click away. */
  columns: readonly [Column<Row>, ...Column<Row>[]];
};

const ROWS_IN_SIGHT = 8;
const [WIDTH, HEIGHT] = [720, 10];

/** Bar chart with a bar for each row, its words beside it, and the same data as a table. */
export function BarRows<Row>({ title, rows, rowKey, series, columns, ...row }: BarRowsProps<Row>) {
  const t = useTranslations("chart");
  const shown = rows.slice(0, ROWS_IN_SIGHT);
  const longest = Math.max(...shown.map((one) => sum(Object.values(row.sizes(one)))));
  return (
    <figure>
      <figcaption className="sr-only">{title}</figcaption>
      {series.length > 1 && <Legend series={series} />}
      <ul className="grid gap-y-2 pt-3 pb-2">
        {shown.map((one) => (
          <li
            key={rowKey(one)}
            className="grid grid-cols-1 items-center gap-x-4 gap-y-0.5 sm:grid-cols-[12rem_minmax(0,1fr)_minmax(10rem,auto)]"
          >
            <span className="min-w-0 break-words">{row.label(one)}</span>
            <Bar series={series} sizes={row.sizes(one)} longest={longest} />
            <span className="text-sm tabular-nums sm:text-right">{row.text(one)}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t("asTable")}</summary>
        <Table caption={t("tableOf", { title })} columns={columns} rows={rows} rowKey={rowKey} />
      </details>
    </figure>
  );
}

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);

const Legend = ({ series }: { series: readonly Series[] }) => (
  <p className="flex flex-wrap gap-x-4 gap-y-1 pt-2.5 text-sm text-muted">
    {series.map((one) => (
      <span key={one.key} className="inline-flex items-center gap-1.5">
        <svg aria-hidden width="14" height="12">
          <rect x=".5" y=".5" width="13" height="11" {...seriesPaint(one)} />
        </svg>
        {one.name}
      </span>
    ))}
  </p>
);

type BarProps = {
  series: readonly Series[];
  sizes: Readonly<Record<string, number>>;
  /** Size of the longest bar. */
  longest: number;
};

function Bar({ series, sizes, longest }: BarProps) {
  const toWidth = (size: number) => (longest === 0 ? 0 : (size / longest) * WIDTH);
  const starts = series.map((_, index) =>
    toWidth(sum(series.slice(0, index).map(({ key }) => sizes[key] ?? 0))),
  );
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-2.5 w-full"
    >
      {series.map((one, index) => {
        const width = toWidth(sizes[one.key] ?? 0);
        return (
          width > 0 && (
            <rect
              key={one.key}
              x={starts[index]}
              y={0.5}
              width={Math.max(1, width - 1)}
              height={HEIGHT - 1}
              vectorEffect="non-scaling-stroke"
              {...seriesPaint(one)}
            />
          )
        );
      })}
    </svg>
  );
}
