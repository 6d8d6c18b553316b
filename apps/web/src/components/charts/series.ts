/** One of six combinations of lightness and pattern; allowed and refused always look the same. */
export type SeriesLook = 1 | 2 | 3 | 4 | 5 | 6 | "allowed" | "refused";

export type Series = {
  key: string;
  name: string;
  look: SeriesLook;
  /** Shown in the legend, beside the name. */
  total?: number;
};

/** A label on the axis, with the value of each series there. */
export type ChartRow = { label: string; values: Readonly<Record<string, number>> };

const paints = {
  1: { fill: "var(--chart-1)", stroke: "var(--chart-1)" },
  2: { fill: "url(#p-2)", stroke: "var(--chart-2)" },
  3: { fill: "url(#p-3)", stroke: "var(--chart-3)" },
  4: { fill: "url(#p-4)", stroke: "var(--chart-4)" },
  5: { fill: "url(#p-5)", stroke: "var(--chart-5)" },
  6: { fill: "none", stroke: "var(--chart-6)" },
  allowed: { fill: "var(--chart-1)", stroke: "var(--chart-1)" },
  refused: { fill: "url(#p-refuse)", stroke: "var(--refuse)" },
} as const satisfies Record<SeriesLook, { fill: string; stroke: string }>;

export const seriesPaint = ({ look }: Series) => paints[look];

const dashes: Record<SeriesLook, string> = {
  1: "",
  2: "6 3",
  3: "2 3",
  4: "8 3 2 3",
  5: "1 3",
  6: "12 4",
  allowed: "",
  refused: "6 3",
};

export const seriesDash = ({ look }: Series) => dashes[look];
