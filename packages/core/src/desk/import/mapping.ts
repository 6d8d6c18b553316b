import { z } from "zod";
import { Zone } from "../../platform/time/index.ts";

export const Encoding = z.enum(["utf-8", "utf-16le", "windows-1251", "windows-1252"]);
export type Encoding = z.infer<typeof Encoding>;

export const Delimiter = z.enum([",", ";", "\t"]);
export type Delimiter = z.infer<typeof Delimiter>;

/** Which comes first in a date such as 03/04/2026. */
export const DateOrder = z.enum(["day-first", "month-first"]);
export type DateOrder = z.infer<typeof DateOrder>;

/** How a file is read: guessed from it, and changed by who knows better. */
export const Mapping = z.object({
  encoding: Encoding,
  delimiter: Delimiter,
  /** Whether its first row holds the names of the columns. */
  hasHeader: z.boolean(),
  /** The field that each column holds; null is not read. */
  columns: z.array(z.string().max(80).nullable()).max(500),
  /** What holds of every row whose cell is empty or that has no such column, by field. */
  defaults: z.record(z.string().max(80), z.string().max(20_000)),
  /** ISO 3166-1 alpha-2: how a number written without `+` is read. */
  region: z.string().regex(/^[A-Z]{2}$/),
  dateOrder: DateOrder,
  /** Where the clocks hung that its times were read from. */
  zone: Zone,
  /** In which language is said what is wrong with its rows. */
  locale: z.enum(["en", "ru"]),
});
export type Mapping = z.infer<typeof Mapping>;
