import { preferredLocale } from "../../platform/message/index.ts";
import { type ImportField, type ImportKind, isField, listFields } from "./import-kind.ts";
import type { DateOrder, Delimiter, Encoding, Mapping } from "./mapping.ts";
import { readPhone } from "../../people/phone/index.ts";
import names from "./header-names.json" with { type: "json" };
import { repairPhone } from "./repair-phone.ts";
import shops from "./shop-exports.json" with { type: "json" };

/** The first rows of the file. */
type Table = readonly (readonly string[])[];

/** The organization's country, time zone and language, for what a file does not show. */
export type OrganizationDefaults = { region: string; zone: string; locale: string };

/** Guesses how to read a file from its first rows. A person corrects wrong guesses. */
export function guessMapping(
  kind: ImportKind,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
  table: Table,
  home: OrganizationDefaults,
): Mapping {
  const [first = [], ...rest] = table;
  // Column names are not phone numbers, but a list without names begins with one.
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

/** Countries where 03/04/2026 is the fourth of March. */
const monthFirstRegions = new Set(["US", "PH", "FM", "MH", "PW"]);

/** Guesses the order from a number above twelve or, failing that, from the country. */
function guessDateOrder(rows: Table, region: string): DateOrder {
  for (const cell of rows.flat()) {
    const [, first, second] = /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b/.exec(cell) ?? [];
    if (Number(first) > 12) return "day-first";
    if (Number(second) > 12) return "month-first";
  }
  return monthFirstRegions.has(region) ? "month-first" : "day-first";
}

/** Guesses the field of each column by its header. The phone column is also found by its content. */
function guessColumns(
  kind: ImportKind,
  headers: readonly string[] | null,
  rows: readonly (readonly string[])[],
  region: string,
): (ImportField | null)[] {
  const shopColumns = kind === "activities" && headers ? findShopColumns(headers) : null;
  if (shopColumns) return shopColumns;
  const taken = new Set<ImportField>();
  const width = Math.max(headers?.length ?? 0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, index) => {
    const field = findFieldByHeader(kind, headers?.[index] ?? "");
    if (field === null || (taken.has(field) && !isRepeatable(kind, field))) return null;
    taken.add(field);
    return field;
  });
  if (taken.has("phone")) return columns;

  const phones = columns.findIndex((field, index) => !field && isPhoneColumn(rows, index, region));
  return columns.map((field, index) => (index === phones ? "phone" : field));
}

/** True if several columns may hold the field: a person has several phones, and a name several parts. */
export const isRepeatable = (kind: ImportKind, field: string) =>
  (kind === "contacts" || kind === "activities") && (field === "phone" || field === "name");

const spellings: Record<string, readonly string[]> = names;

/** Finds the field that a header names: `Phone_number 2`, `№ телефона`, `e-mail`. */
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

/** True if most cells of a column are phone numbers. */
function isPhoneColumn(rows: readonly (readonly string[])[], column: number, region: string) {
  const cells = rows.map((row) => row[column] ?? "").filter((cell) => cell.trim() !== "");
  return (
    cells.length > 0 &&
    cells.filter((cell) => looksLikePhone(cell, region)).length > cells.length / 2
  );
}

/** True if a cell is a phone number. Cells with few digits, such as ids and years, are not. */
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

/** Finds the fields of a known shop's export by its headers; null if the shop is not known. */
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
