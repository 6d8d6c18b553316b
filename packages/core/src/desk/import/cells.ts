import { unguardFormula } from "../../platform/csv/index.ts";
import type { ImportField } from "./import-kind.ts";
import type { Mapping } from "./mapping.ts";

/**
 * The cells of a row by field, trimmed, without the apostrophe that our own files put before formulas. Empty
 * cells are skipped.
 */
export type Cells = {
  /** The first that says something, else what holds of every row. */
  one: (field: ImportField) => string | undefined;
  all: (field: ImportField) => readonly string[];
  /** Names and values of a contact's attributes. */
  attributes: () => Record<string, string>;
};

export function cellsOf({ columns, defaults }: Mapping, row: readonly string[]): Cells {
  const all = (field: string) => {
    const said = row
      .map((cell) => unguardFormula(cell.trim()))
      .filter((cell, index) => cell !== "" && columns[index] === field);
    const general = defaults[field]?.trim();
    return said.length > 0 || !general ? said : [general];
  };
  const attributes = () => {
    const fields = [...columns, ...Object.keys(defaults)].filter((field) =>
      field?.startsWith("attributes."),
    );
    return Object.fromEntries(
      fields.flatMap((field) => {
        const [value] = all(field ?? "");
        return value === undefined ? [] : [[String(field).slice("attributes.".length), value]];
      }),
    );
  };
  return { one: (field) => all(field)[0], all, attributes };
}
