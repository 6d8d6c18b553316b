/** Style of axis labels. Without it recharts writes its own grays into the elements. */
const tick = { fill: "var(--muted)", fontSize: 12 };

export const X_AXIS = {
  dataKey: "label",
  tick,
  tickLine: false,
  interval: "equidistantPreserveStart",
  minTickGap: 24,
  axisLine: { stroke: "var(--ink)" },
} as const;

export const Y_AXIS = { width: "auto", tick, tickLine: false, axisLine: false } as const;

/** Formats large numbers shortly, with four digits: `1.05K`. */
export const COMPACT = { notation: "compact", maximumSignificantDigits: 4 } as const;
