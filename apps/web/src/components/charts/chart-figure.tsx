"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Count } from "../count";
import { type Column, Table } from "../table";
import { type ChartRow, seriesPaint, type Series } from "./series";

export type ChartProps = {
  title: string;
  /** Summary of the chart in a sentence. Screen readers use it as the name of the chart. */
  sentence: string;
  /** Heading of the rows of the table: the hour, the week. */
  rowHead: string;
  rows: readonly ChartRow[];
  series: readonly Series[];
};

/** Chart with its legend, and the same data as a table one click away. */
export function ChartFigure({
  title,
  sentence,
  rowHead,
  rows,
  series,
  children,
}: ChartProps & { children: ReactNode }) {
  const t = useTranslations("chart");
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
        <b>{title}</b>
        {series.map((one) => (
          <span key={one.key} className="inline-flex items-center gap-1.5 text-sm text-muted">
            <svg aria-hidden width="14" height="12">
              <rect x=".5" y=".5" width="13" height="11" {...seriesPaint(one)} />
            </svg>
            {one.name}
          </span>
        ))}
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- what it holds is drawn, and named as one */}
      <div role="img" aria-label={sentence} className="chart">
        {children}
      </div>
      <details>
        <summary>{t("asTable")}</summary>
        <Table caption={title} columns={columns} rows={rows} rowKey={({ label }) => label} />
      </details>
    </figure>
  );
}
