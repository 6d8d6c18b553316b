import { z } from "zod";
import { ImportId } from "../../platform/ids.ts";
import { Zone } from "../../platform/time/index.ts";

export const Encoding = z.enum(["utf-8", "utf-16le", "windows-1251", "windows-1252"]);
export type Encoding = z.infer<typeof Encoding>;

export const Delimiter = z.enum([",", ";", "\t"]);
export type Delimiter = z.infer<typeof Delimiter>;

/** Order of day and month in a date such as 03/04/2026. */
export const DateOrder = z.enum(["day-first", "month-first"]);
export type DateOrder = z.infer<typeof DateOrder>;

/** Instructions for reading a file. They are guessed first, then corrected by a person. */
export const Mapping = z.object({
  encoding: Encoding,
  delimiter: Delimiter,
  /** True if the first row holds column names. */
  hasHeader: z.boolean(),
  /** Field of each column. Null is not read. */
  columns: z.array(z.string().max(80).nullable()).max(500),
  /** Values by field for rows whose cell is empty or whose file has no such column. */
  defaults: z.record(z.string().max(80), z.string().max(20_000)),
  /** ISO 3166-1 alpha-2: the country of numbers written without `+`. */
  region: z.string().regex(/^[A-Z]{2}$/),
  dateOrder: DateOrder,
  /** Time zone of times in the file that name none. */
  zone: Zone,
  /** Language of the remarks. */
  locale: z.enum(["en", "ru"]),
});
export type Mapping = z.infer<typeof Mapping>;

/**
 * Asks for a preview of a file. Without `mapping`, it is read by the last one: as guessed, or as an import was started.
 */
export const PreviewImport = z.object({
  id: ImportId,
  mapping: Mapping.optional(),
  /** Without `mapping`: guesses the columns again with this encoding and delimiter. */
  dialect: z.object({ encoding: Encoding, delimiter: Delimiter }).optional(),
});
export type PreviewImport = z.infer<typeof PreviewImport>;

/** Starts an import. `isDryRun` tries every row without recording anything. */
export const StartImport = z.object({ id: ImportId, mapping: Mapping, isDryRun: z.boolean() });
export type StartImport = z.infer<typeof StartImport>;
