import { preferredLocale } from "../../platform/message/index.ts";
import { guessColumns, isPhone } from "./guess-columns.ts";
import type { ImportKind } from "./import-kind.ts";
import type { DateOrder, Delimiter, Encoding, Mapping } from "./mapping.ts";

/** Rows of a table as text, the first rows of the file. */
type Table = readonly (readonly string[])[];

/** Where an organization is: how it writes numbers and days, what its clocks show, how it speaks. */
export type Home = { region: string; zone: string; locale: string };

/** How a file seems to be meant, given its beginning. What is not guessed right, a person changes. */
export function guessMapping(
  kind: ImportKind,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
  table: Table,
  home: Home,
): Mapping {
  const [first = [], ...rest] = table;
  // Names of columns are no numbers; a list without names begins with one.
  const hasHeader = !first.some((cell) => isPhone(cell, home.region));
  const rows = hasHeader ? rest : table;
  return {
    encoding,
    delimiter,
    hasHeader,
    columns: guessColumns(kind, hasHeader ? first : null, rows, home.region),
    defaults: defaults[kind],
    region: home.region,
    dateOrder: guessDateOrder(rows, home.region),
    zone: home.zone,
    locale: preferredLocale(home.locale),
  };
}

const defaults: Record<ImportKind, Mapping["defaults"]> = {
  contacts: {},
  consents: { source: "import" },
  opt_outs: { channel: "import" },
  suppressions: {},
  activities: { activityType: "purchase" },
  calls: {},
};

/** Where 03/04/2026 is the fourth of March. */
const monthFirstRegions = new Set(["US", "PH", "FM", "MH", "PW"]);

/** A number above twelve tells; failing that, the country does. */
function guessDateOrder(rows: Table, region: string): DateOrder {
  for (const cell of rows.flat()) {
    const [, first, second] = /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b/.exec(cell) ?? [];
    if (Number(first) > 12) return "day-first";
    if (Number(second) > 12) return "month-first";
  }
  return monthFirstRegions.has(region) ? "month-first" : "day-first";
}
