import { type ImportField, isField } from "./import-kind.ts";
import shops from "./shop-exports.json" with { type: "json" };

type Shop = { marks: readonly string[]; columns: Record<string, string> };
const known: readonly Shop[] = shops.map(({ marks, columns }) => ({
  marks,
  columns: Object.fromEntries(Object.entries(columns)),
}));

/** What the columns of a shop's own export hold, where the file is one that is known; else null. */
export function shopColumns(headers: readonly string[]): (ImportField | null)[] | null {
  const names = headers.map((header) => header.trim());
  const shop = known.find(({ marks }) => marks.every((mark) => names.includes(mark)));
  if (shop === undefined) return null;
  return names.map((name, index) => {
    const field = Object.hasOwn(shop.columns, name) ? shop.columns[name] : undefined;
    const isFirst = names.indexOf(name) === index;
    return field !== undefined && isFirst && isField("activities", field) ? field : null;
  });
}
