import { preferredLocale } from "../../platform/message/index.ts";
import { type ImportField, type ImportKind, isField, listFields } from "./import-kind.ts";
import type { DateOrder, Delimiter, Encoding, Mapping } from "./mapping.ts";
import { readPhone } from "../../people/phone/index.ts";
import names from "./header-names.json" with { type: "json" };
import { repairPhone } from "./repair-phone.ts";
import shops from "./shop-exports.json" with { type: "json" };

/** Rows of a table as text, the first rows of the file. */
type Table = readonly (readonly string[])[];

/** Where an organization is: how it writes numbers and days, what its clocks show, how it speaks. */
export type OrganizationDefaults = { region: string; zone: string; locale: string };

/** How a file seems to be meant, given its beginning. What is not guessed right, a person changes. */
export function guessMapping(
  kind: ImportKind,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
  table: Table,
  home: OrganizationDefaults,
): Mapping {
  const [first = [], ...rest] = table;
  // Names of columns are no numbers; a list without names begins with one.
  const hasHeader = !first.some((cell) => looksLikePhone(cell, home.region));
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

/** What each column of a table seems to hold, by its name, or for the phone by what stands in it. */
function guessColumns(
  kind: ImportKind,
  headers: readonly string[] | null,
  rows: readonly (readonly string[])[],
  region: string,
): (ImportField | null)[] {
  const known = kind === "activities" && headers ? findShopColumns(headers) : null;
  if (known) return known;
  const taken = new Set<ImportField>();
  const width = Math.max(headers?.length ?? 0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => {
    const field = findFieldByHeader(kind, headers?.[index] ?? "");
    if (field === null || (taken.has(field) && !isRepeatable(kind, field))) return null;
    taken.add(field);
    return field;
  });
  if (taken.has("phone")) return columns;

  const holding = columns.findIndex((field, index) => !field && isPhoneColumn(rows, index, region));
  return columns.map((field, index) => (index === holding ? "phone" : field));
}

/** A person has several phones, and a name in several parts. */
export const isRepeatable = (kind: ImportKind, field: string) =>
  (kind === "contacts" || kind === "activities") && (field === "phone" || field === "name");

const spellings: Record<string, readonly string[]> = names;

/** A name as spreadsheets have it: `Phone_number 2`, `№ телефона`, `e-mail`. */
function findFieldByHeader(kind: ImportKind, header: string): ImportField | null {
  const attribute = header.trim();
  if (attribute.startsWith("attributes.") && isField(kind, attribute)) return attribute;

  const words = header
    .toLowerCase()
    .replaceAll("ё", "е")
    .replaceAll("№", " номер ")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const bare = words.replace(/ ?\d+$/, "");
  const byKey = listFields(kind).find((field) => field.toLowerCase() === words.replaceAll(" ", ""));
  return (
    byKey ??
    listFields(kind).find((field) => spellings[field]?.includes(words)) ??
    listFields(kind).find((field) => spellings[field]?.includes(bare)) ??
    null
  );
}

/** Most of a column's cells are numbers. */
function isPhoneColumn(rows: readonly (readonly string[])[], column: number, region: string) {
  const cells = rows.map((row) => row[column] ?? "").filter((cell) => cell.trim() !== "");
  return (
    cells.length > 0 &&
    cells.filter((cell) => looksLikePhone(cell, region)).length > cells.length / 2
  );
}

/** Whether a cell is a number; of few digits, such as ids and years, none is. */
function looksLikePhone(cell: string, region: string): boolean {
  const { text } = repairPhone(cell);
  if (text === undefined || text.replaceAll(/\D/g, "").length < 7) return false;
  return "phone" in readPhone(text, region);
}

type Shop = { marks: readonly string[]; columns: Record<string, string> };
const knownShops: readonly Shop[] = shops.map(({ marks, columns }) => ({
  marks,
  columns: Object.fromEntries(Object.entries(columns)),
}));

/** What the columns of a shop's own export hold, where the file is one that is known; else null. */
function findShopColumns(headers: readonly string[]): (ImportField | null)[] | null {
  const names = headers.map((header) => header.trim());
  const shop = knownShops.find(({ marks }) => marks.every((mark) => names.includes(mark)));
  if (shop === undefined) return null;
  return names.map((name, index) => {
    const field = Object.hasOwn(shop.columns, name) ? shop.columns[name] : undefined;
    const isFirst = names.indexOf(name) === index;
    return field !== undefined && isFirst && isField("activities", field) ? field : null;
  });
}
