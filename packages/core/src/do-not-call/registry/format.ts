import { z } from "zod";
import { DatePattern } from "./date-pattern.ts";

/**
 * Who says that files have this form: the publisher (or its real files were read), code of others
 * that is public, or nobody, so that it is assumed and the first file has to be looked at.
 */
export type FormMark = "published" | "seen" | "assumed";

/** A part of a form of which somebody else says, or nobody, that it is so. */
export type FormPart = "flat-changes" | "xml-changes" | "changes" | "updates" | "dates";

type ListForm = {
  mark: FormMark;
  /** Of the parts to which the mark of the whole does not extend. */
  parts?: Partial<Record<FormPart, FormMark>>;
  /** ISO 3166-1 of the numbers that it lists. */
  region: string;
  /** The registries of rules that are published so. */
  registries: readonly string[];
};

/** Forms of lists that are read as they are, without a mapping. */
export const listForms = {
  "us-dnc": {
    mark: "published",
    parts: { "flat-changes": "seen", "xml-changes": "assumed" },
    region: "US",
    registries: ["US-FTC-DNC"],
  },
  /** Its changes are read as those of the US are. */
  "ca-dncl": {
    mark: "published",
    parts: { changes: "assumed" },
    region: "CA",
    registries: ["CA-DNCL"],
  },
  "gb-tps": {
    mark: "published",
    parts: { updates: "assumed" },
    region: "GB",
    registries: ["GB-TPS", "GB-CTPS"],
  },
  "hk-dnc": {
    mark: "published",
    parts: { dates: "assumed" },
    region: "HK",
    registries: ["HK-DNC"],
  },
  /** It hands no list out; how the files of its batch service stand was not found. */
  "au-dncr": { mark: "seen", region: "AU", registries: ["AU-DNCR"] },
  "sg-dnc": { mark: "assumed", region: "SG", registries: ["SG-DNC-VOICE"] },
  "us-rnd": { mark: "assumed", region: "US", registries: ["US-FCC-RND"] },
  "us-ported": { mark: "seen", region: "US", registries: ["US-PORTED"] },
  "us-litigators": { mark: "seen", region: "US", registries: ["US-LITIGATOR"] },
} as const satisfies Record<string, ListForm>;
export type ListFormKey = keyof typeof listForms;

export const listFormKeys = [
  "us-dnc",
  "ca-dncl",
  "gb-tps",
  "hk-dnc",
  "au-dncr",
  "sg-dnc",
  "us-rnd",
  "us-ported",
  "us-litigators",
] as const satisfies readonly ListFormKey[];

/**
 * Those that are connected as registries. Answers of the reassigned numbers database are loaded for the
 * query that asked for them, for each is about the day of a consent.
 */
export const offeredFormKeys = listFormKeys.filter((key) => key !== "us-rnd");

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

/** How the files of a registry are read. */
export const RegistryFormat = z.discriminatedUnion("reader", [
  z.object({ reader: z.enum(listFormKeys) }),
  /** Any table of numbers, by a mapping. */
  z.object({ reader: z.literal("csv"), mapping: CsvMapping }),
]);
export type RegistryFormat = z.infer<typeof RegistryFormat>;

/** The form in which a registry of rules is published; null where none is known. */
export const listFormOf = (code: string): ListFormKey | null =>
  listFormKeys.find((key) => listForms[key].registries.some((known) => known === code)) ?? null;

/** The country, by ISO 3166-1, of which a registry lists numbers. */
export const regionOf = (format: RegistryFormat): string =>
  format.reader === "csv" ? format.mapping.region : listForms[format.reader].region;

/** Whether files hold answers about the numbers that were asked about, and say nothing of others. */
export const holdsAnswers = ({ reader }: RegistryFormat) =>
  reader === "us-rnd" || reader === "us-litigators";

/** Whether the publisher gives a SHA-256 with the files, without which they are not taken. */
export const needsChecksum = ({ reader }: RegistryFormat) => reader === "hk-dnc";

type TableForm = { mark: FormMark; mapping: (region: string) => CsvMapping };

const table = (mapping: Partial<CsvMapping>) => (region: string) =>
  CsvMapping.parse({
    kind: "snapshot",
    delimiter: ",",
    encoding: "utf-8",
    hasHeader: true,
    phoneColumns: ["phone"],
    region,
    ...mapping,
  });

/**
 * Tables that other programs give out: each fills in a mapping, which can be changed. What they say of
 * the end of an entry is left aside: a number stays listed until the table names it no more.
 */
export const tableForms = {
  /** `phone_or_email;comment`, of which the e-mail addresses are left out. */
  bitrix24: {
    mark: "seen",
    mapping: table({ delimiter: ";", hasHeader: false, phoneColumns: [1], mayHoldEmails: true }),
  },
  livevox: { mark: "seen", mapping: table({ phoneColumns: ["Phone Number"] }) },
  /** A phone, a date and a description, in this order. */
  thulium: { mark: "seen", mapping: table({ hasHeader: false, phoneColumns: [1] }) },
  /** Our own: `phone;reason;source;added_at;expires_at;comment`. */
  ringfence: { mark: "published", mapping: table({ delimiter: ";" }) },
  /** Numbers that a Russian operator refused to connect: no description was found. */
  "ru-refused": {
    mark: "assumed",
    mapping: table({
      delimiter: ";",
      hasHeader: true,
      phoneColumns: ["phone"],
      flag: { column: "result", added: ["refused"], removed: ["connected"] },
    }),
  },
} as const satisfies Record<string, TableForm>;
export type TableFormKey = keyof typeof tableForms;

export const tableFormKeys = [
  "bitrix24",
  "livevox",
  "thulium",
  "ringfence",
  "ru-refused",
] as const satisfies readonly TableFormKey[];

/** The form by which a mapping was filled in, as long as nobody has changed it; null of another. */
export function tableFormOf(mapping: CsvMapping): TableFormKey | null {
  // One that is being entered may not be whole yet.
  const read = CsvMapping.safeParse(mapping);
  if (!read.success) return null;
  const written = JSON.stringify(read.data);
  const isSame = (key: TableFormKey) =>
    JSON.stringify(tableForms[key].mapping(mapping.region)) === written;
  return tableFormKeys.find(isSame) ?? null;
}
