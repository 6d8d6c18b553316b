"use client";

import { useFormatter } from "next-intl";
import {
  CartesianGrid,
  Line,
  LineChart as Lines,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import { ChartFigure, type ChartProps } from "./chart-figure";
import { COMPACT, X_AXIS, Y_AXIS } from "./axes";
import { SeriesMark } from "./series-mark";
import { seriesDash, seriesPaint } from "./series";

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
