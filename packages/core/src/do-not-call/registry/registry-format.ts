import { z } from "zod";
import { CsvMapping } from "./csv-mapping.ts";

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
