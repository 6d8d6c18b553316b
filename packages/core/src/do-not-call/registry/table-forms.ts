import { CsvMapping } from "./csv-mapping.ts";
import type { FormMark } from "./registry-format.ts";

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
