import { z } from "zod";
import { DatePattern } from "./date-pattern.ts";

/**
 * Evidence for a file format. `published`: the publisher documents it, or its real files were read. `seen`: found
 * in public code. `assumed`: no evidence, so that the first file has to be checked by a person.
 */
export type FormMark = "published" | "seen" | "assumed";

/** A part of a format with evidence of its own. */
export type FormPart = "flat-changes" | "xml-changes" | "changes" | "updates" | "dates";

type ListForm = {
  mark: FormMark;
  /** Parts with weaker evidence than the whole. */
  parts?: Partial<Record<FormPart, FormMark>>;
  /** Country of the listed numbers (ISO 3166-1). */
  region: string;
  /** Registries, by their codes in the rules, that are published in this format. */
  registries: readonly string[];
};

/** Formats of lists that are read without a mapping. */
export const listForms = {
  "us-dnc": {
    mark: "published",
    parts: { "flat-changes": "seen", "xml-changes": "assumed" },
    region: "US",
    registries: ["US-FTC-DNC"],
  },
  /** Change lists are read like those of the US. */
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
  /** Australia's registry does not give out a list. No description of its batch files was found. */
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
 * Formats that can be connected as registries. Answers of the Reassigned Numbers Database are not among them:
 * they are uploaded to the query that asked, because each is about the day of a consent.
 */
export const connectableFormKeys = listFormKeys.filter((key) => key !== "us-rnd");

/** A column, by its name in the header or its position from 1. */
export const CsvColumn = z.union([z.string().min(1).max(200), z.int().min(1).max(1_000)]);
export type CsvColumn = z.infer<typeof CsvColumn>;

/** The column that tells additions from removals, with its values. */
const CsvFlag = z.object({
  column: CsvColumn,
  added: z.array(z.string().max(100)).min(1).max(20),
  removed: z.array(z.string().max(100)).max(20),
});

/** The date column. The latest date in the files of an edition is the date of the edition. */
const CsvDate = z.object({ column: CsvColumn, pattern: DatePattern });
export type CsvDate = z.infer<typeof CsvDate>;

const AnyMapping = z.object({
  delimiter: z.enum([",", ";", "\t", "|"]),
  encoding: z.enum(["utf-8", "windows-1251", "latin1"]),
  /** True if the first line names the columns. */
  hasHeader: z.boolean(),
  /** A line lists the numbers in all of these columns. */
  phoneColumns: z.array(CsvColumn).min(1).max(10),
  /** Country (ISO 3166-1 alpha-2) of numbers without `+`. */
  region: z.string().regex(/^[A-Z]{2}$/),
  /** Without a date column an older list, or changes in the wrong order, go unnoticed. */
  date: CsvDate.optional(),
  /** True if an email address may stand in the phone column. Such values are skipped. */
  mayHoldEmails: z.boolean().optional(),
  /** Share of lines that may be unreadable. With more, all files are refused. */
  maxUnreadableShare: z.number().min(0).max(0.1).default(0),
});

/** Instructions for reading a table of numbers. */
export const CsvMapping = z.discriminatedUnion("kind", [
  /** A full list. Lines that the flag column marks as removed list nothing. */
  AnyMapping.extend({ kind: z.literal("snapshot"), flag: CsvFlag.optional() }),
  /** Changes since the previous edition, in the order of their dates, or of the lines if there are none. */
  AnyMapping.extend({
    kind: z.literal("delta"),
    flag: CsvFlag,
    /** True if a file without lines means that nothing changed; else it counts as a failed download. */
    mayBeEmpty: z.boolean().default(false),
  }),
]);
export type CsvMapping = z.infer<typeof CsvMapping>;

/** The format of a registry's files. */
export const RegistryFormat = z.discriminatedUnion("reader", [
  z.object({ reader: z.enum(listFormKeys) }),
  /** Any table of numbers, read with a mapping. */
  z.object({ reader: z.literal("csv"), mapping: CsvMapping }),
]);
export type RegistryFormat = z.infer<typeof RegistryFormat>;

/** Finds the format in which a registry that rules name is published; null if unknown. */
export const findListForm = (code: string): ListFormKey | null =>
  listFormKeys.find((key) => listForms[key].registries.some((known) => known === code)) ?? null;

/** Finds the country (ISO 3166-1) whose numbers a registry lists. */
export const findListedRegion = (format: RegistryFormat): string =>
  format.reader === "csv" ? format.mapping.region : listForms[format.reader].region;

/**
 * True if a file changes only the numbers that it answers about. Singapore's result files do not count: each is read
 * as a whole list.
 */
export const holdsAnswers = ({ reader }: RegistryFormat) =>
  reader === "us-rnd" || reader === "us-litigators";

/** True if files are refused without the publisher's SHA-256. */
export const needsChecksum = ({ reader }: RegistryFormat) => reader === "hk-dnc";

/** Default mapping of a table: comma-separated, with a header, and the numbers in the column "phone". */
export const plainMapping = (region: string): CsvMapping => ({
  kind: "snapshot",
  delimiter: ",",
  encoding: "utf-8",
  hasHeader: true,
  phoneColumns: ["phone"],
  region,
  maxUnreadableShare: 0,
});

type TableForm = { mark: FormMark; mapping: (region: string) => CsvMapping };

const mappingFor = (mapping: Partial<CsvMapping>) => (region: string) =>
  CsvMapping.parse({ ...plainMapping(region), ...mapping });

/**
 * Tables that other programs export. Each fills in a mapping that can be changed. Expiry dates are ignored: a
 * number stays listed until the table no longer has it.
 */
export const tableForms = {
  /** `phone_or_email;comment`. Email addresses are skipped. */
  bitrix24: {
    mark: "seen",
    mapping: mappingFor({
      delimiter: ";",
      hasHeader: false,
      phoneColumns: [1],
      mayHoldEmails: true,
    }),
  },
  livevox: { mark: "seen", mapping: mappingFor({ phoneColumns: ["Phone Number"] }) },
  /** Phone, date, description. */
  thulium: { mark: "seen", mapping: mappingFor({ hasHeader: false, phoneColumns: [1] }) },
  /** The layout that we suggest for lists of one's own: `phone;reason;source;added_at;expires_at;comment`. */
  ringfence: { mark: "published", mapping: mappingFor({ delimiter: ";" }) },
  /** Numbers that a Russian operator refused to connect. No description of the format was found. */
  "ru-refused": {
    mark: "assumed",
    mapping: mappingFor({
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

/** Finds the table whose unchanged mapping this is; null if somebody changed it. */
export function findTableForm(mapping: CsvMapping): TableFormKey | null {
  // A mapping that is still being entered may be invalid.
  const read = CsvMapping.safeParse(mapping);
  if (!read.success) return null;
  const written = JSON.stringify(read.data);
  const isSame = (key: TableFormKey) =>
    JSON.stringify(tableForms[key].mapping(mapping.region)) === written;
  return tableFormKeys.find(isSame) ?? null;
}
