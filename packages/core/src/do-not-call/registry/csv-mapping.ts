import { z } from "zod";
import { DatePattern } from "./date-pattern.ts";

/** A column by its name in the first line, or by its place, from 1. */
export const CsvColumn = z.union([z.string().min(1).max(200), z.int().min(1).max(1_000)]);
export type CsvColumn = z.infer<typeof CsvColumn>;

/** The column that says whether a line adds a number or removes it, and how it says so. */
const CsvFlag = z.object({
  column: CsvColumn,
  added: z.array(z.string().max(100)).min(1).max(20),
  removed: z.array(z.string().max(100)).max(20),
});

/** The column that says of what day a line is: the newest of a file is the day of the edition. */
const CsvDate = z.object({ column: CsvColumn, pattern: DatePattern });
export type CsvDate = z.infer<typeof CsvDate>;

const AnyMapping = z.object({
  delimiter: z.enum([",", ";", "\t", "|"]),
  encoding: z.enum(["utf-8", "windows-1251", "latin1"]),
  /** Whether the first line names the columns. */
  hasHeader: z.boolean(),
  /** A line speaks of the numbers in all of them. */
  phoneColumns: z.array(CsvColumn).min(1).max(10),
  /** ISO 3166-1 alpha-2: how a number written without `+` is read. */
  region: z.string().regex(/^[A-Z]{2}$/),
  /** Without it nobody notices that a list is older than the one before, or that changes come in the wrong order. */
  date: CsvDate.optional(),
  /** Whether an e-mail address may stand in the place of a phone: it is left out. */
  mayHoldEmails: z.boolean().optional(),
  /** The share of lines that may be unreadable; by default none, and the files are refused whole. */
  maxUnreadableShare: z.number().min(0).max(0.1).default(0),
});

/** How a table of numbers is to be understood. */
export const CsvMapping = z.discriminatedUnion("kind", [
  /** All numbers. Lines that say `removed`, where they tell it, list nothing. */
  AnyMapping.extend({ kind: z.literal("snapshot"), flag: CsvFlag.optional() }),
  /** What became of them since, in the order of the dates; without them line by line. */
  AnyMapping.extend({
    kind: z.literal("delta"),
    flag: CsvFlag,
    /** Whether a file without a line says that nothing changed; else it is a failed download. */
    mayBeEmpty: z.boolean().default(false),
  }),
]);
export type CsvMapping = z.infer<typeof CsvMapping>;
