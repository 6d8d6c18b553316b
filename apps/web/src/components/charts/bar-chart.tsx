"use client";

import { useFormatter } from "next-intl";
import { Bar, BarChart as Bars, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { ChartFigure, type ChartProps } from "./chart-figure";
import { COMPACT, X_AXIS, Y_AXIS } from "./axes";
import { seriesPaint } from "./series";

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
