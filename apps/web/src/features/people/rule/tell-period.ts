import type { Period } from "@ringfence/core/platform/time";

const units = { Y: "year", M: "month", W: "week", D: "day", H: "hour" } as const;

/** A length of time as people say it: `P3M` is three months, `PT24H` 24 hours. */
export function tellPeriod(locale: string, period: Period): string {
  const parts = [...period.matchAll(/(\d+)([YMWDH])/g)].map(([, count, unit]) => {
    const style = { style: "unit", unit: unitOf(unit), unitDisplay: "long" } as const;
    return new Intl.NumberFormat(locale, style).format(Number(count));
  });
  return new Intl.ListFormat(locale, { type: "unit" }).format(parts);
}

const unitOf = (letter = "") => {
  const found = Object.entries(units).find(([key]) => key === letter);
  if (found === undefined) throw new RangeError(`no unit of time: ${letter}`);
  return found[1];
};
