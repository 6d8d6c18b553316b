"use client";
import { useFormatter, useTranslations } from "next-intl";
import {
  Bar,
  BarChart as Bars,
  CartesianGrid,
  Line,
  LineChart as Lines,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import type { ReactNode } from "react";
import { type ChartRow, type Series, seriesDash, seriesPaint } from "./series";
import { useIsInBrowser } from "../is-in-browser";
import { Count } from "../numbers";
import { type Column, Table } from "../table";

/** Maximum width of a bar, so that a chart of few bars has no walls. */
const BAR_MAX = 56;

/** Bar chart with stacked series, the first at the bottom. */
export function BarChart(chart: ChartProps) {
  const format = useFormatter();
  const points = chart.rows.map(({ label, values }) => ({ label, ...values }));
  return (
    <ChartFigure {...chart}>
      <ResponsiveContainer width="100%" height={200} initialDimension={{ width: 640, height: 200 }}>
        <Bars data={points} accessibilityLayer={false} margin={{ top: 12, right: 0, left: 0 }}>
          <CartesianGrid vertical={false} />
          <XAxis {...X_AXIS} />
          <YAxis
            {...Y_AXIS}
            allowDecimals={false}
            tickFormatter={(value: number) => format.number(value, COMPACT)}
          />
          {chart.series.map((one) => (
            <Bar
              key={one.key}
              dataKey={one.key}
              stackId="all"
              isAnimationActive={false}
              maxBarSize={BAR_MAX}
              {...seriesPaint(one)}
            />
          ))}
        </Bars>
      </ResponsiveContainer>
    </ChartFigure>
  );
}

/**
 * Line chart. Its lines differ by dash, mark and color, each is named at its end, and `at` draws a line
 * across the chosen value.
 */
export function LineChart({ at, ...chart }: ChartProps & { at?: string | undefined }) {
  const format = useFormatter();
  const points = chart.rows.map(({ label, values }) => ({ label, ...values }));
  const last = points.length - 1;
  return (
    <ChartFigure {...chart}>
      <ResponsiveContainer width="100%" height={200} initialDimension={{ width: 640, height: 200 }}>
        <Lines data={points} accessibilityLayer={false} margin={{ top: 12, right: 88, left: 0 }}>
          <CartesianGrid vertical={false} />
          <XAxis {...X_AXIS} />
          <YAxis {...Y_AXIS} tickFormatter={(value: number) => format.number(value, COMPACT)} />
          {at !== undefined && <ReferenceLine x={at} stroke="var(--ink)" strokeWidth={2} />}
          {chart.series.map((one) => (
            <Line
              key={one.key}
              dataKey={one.key}
              isAnimationActive={false}
              stroke={seriesPaint(one).stroke}
              strokeWidth={2}
              strokeDasharray={seriesDash(one)}
              dot={({ key, cx, cy }) => (
                <SeriesMark key={key} series={one} x={cx ?? 0} y={cy ?? 0} />
              )}
              label={({ index, x, y, value }) =>
                index === last ? (
                  <text key={one.key} x={Number(x) + 10} y={Number(y) + 4} className="strong">
                    {one.name} {format.number(Number(value))}
                  </text>
                ) : (
                  <g key={index} />
                )
              }
            />
          ))}
        </Lines>
      </ResponsiveContainer>
    </ChartFigure>
  );
}

type ChartProps = {
  title: string;
  /** True if the heading above says the same. */
  isTitleHidden?: boolean;
  /** Summary of the chart in a sentence. Screen readers use it as the name of the chart. */
  sentence: string;
  /** Heading of the rows of the table: the hour, the week. */
  rowHead: string;
  rows: readonly ChartRow[];
  series: readonly Series[];
};

/** Chart with its legend, and the same data as a table one click away. */
function ChartFigure({
  title,
  isTitleHidden = false,
  sentence,
  rowHead,
  rows,
  series,
  children,
}: ChartProps & { children: ReactNode }) {
  const t = useTranslations("chart");
  // Recharts puts `style` attributes into HTML, which the security policy of pages forbids. Scripts may set styles.
  const isInBrowser = useIsInBrowser();
  const columns: [Column<ChartRow>, ...Column<ChartRow>[]] = [
    { key: "label", head: rowHead, cell: ({ label }) => label },
    ...series.map(({ key, name }) => ({
      key,
      head: name,
      isFigure: true,
      cell: ({ values }: ChartRow) => <Count value={values[key] ?? 0} />,
    })),
  ];
  return (
    <figure>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 pt-2.5">
        <b className={isTitleHidden ? "sr-only" : undefined}>{title}</b>
        {series.map((one) => (
          <span key={one.key} className="inline-flex items-center gap-1.5 text-sm text-muted">
            <svg aria-hidden width="14" height="12">
              <rect x=".5" y=".5" width="13" height="11" {...seriesPaint(one)} />
            </svg>
            {one.total === undefined ? (
              one.name
            ) : (
              <span>
                {one.name}: <Count value={one.total} />
              </span>
            )}
          </span>
        ))}
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- what it holds is drawn, and named as one */}
      <div role="img" aria-label={sentence} className="chart">
        {isInBrowser && children}
      </div>
      <details>
        <summary>{t("asTable")}</summary>
        <Table caption={title} columns={columns} rows={rows} rowKey={({ label }) => label} />
      </details>
    </figure>
  );
}

/** Style of axis labels. Without it recharts writes its own grays into the elements. */
const tick = { fill: "var(--muted)", fontSize: 12 };

const X_AXIS = {
  dataKey: "label",
  tick,
  tickLine: false,
  interval: "equidistantPreserveStart",
  minTickGap: 24,
  axisLine: { stroke: "var(--ink)" },
} as const;

const Y_AXIS = { width: "auto", tick, tickLine: false, axisLine: false } as const;

/** Formats large numbers shortly, with four digits: `1.05K`. */
const COMPACT = { notation: "compact", maximumSignificantDigits: 4 } as const;

/** Point of a line. Its shape tells which line it belongs to. */
function SeriesMark({ series, x, y }: { series: Series; x: number; y: number }) {
  const { stroke } = seriesPaint(series);
  switch (series.look) {
    case 2:
    case "refused":
      return <path d={`M${x - 3.2} ${y - 3.2}h6.4v6.4h-6.4z`} fill={stroke} />;
    case 3:
      return <path d={`M${x} ${y - 4.2}l4 7.2h-8z`} fill={stroke} />;
    case 4:
      return <path d={`M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5 -4.5z`} fill={stroke} />;
    case 5:
      return <path d={`M${x - 4} ${y}h8M${x} ${y - 4}v8`} stroke={stroke} strokeWidth="2" />;
    case 6:
      return <circle cx={x} cy={y} r="3.2" fill="var(--surface)" stroke={stroke} />;
    case 1:
    case "allowed":
      return <circle cx={x} cy={y} r="3.5" fill={stroke} />;
  }
}
