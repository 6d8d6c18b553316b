import type { Mapping } from "../src/desk/import/index.ts";

/** The mapping of a file with a header, as people in the US write it. */
export const aMapping = (
  columns: Mapping["columns"],
  defaults: Mapping["defaults"] = {},
  more: Partial<Mapping> = {},
): Mapping => ({
  encoding: "utf-8",
  delimiter: ",",
  hasHeader: true,
  columns,
  defaults,
  region: "US",
  dateOrder: "month-first",
  zone: "UTC",
  locale: "en",
  ...more,
});
