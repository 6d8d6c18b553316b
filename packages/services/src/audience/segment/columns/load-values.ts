import type { Values } from "@ringfence/core/audience/segment/columns";
import type { PoolClient } from "pg";
import { makeByteIndex } from "../../../calling/scrub/byte-index.ts";
import { copyRows, integerIn, isNull, startIn } from "../../../platform/copy-rows.ts";
import type { Budget } from "./budget.ts";
import { type GrowingValues, growingValues, valuesOfAll } from "./growing-values.ts";
import { numberIn, textIn } from "./read-field.ts";
import type { People } from "./load-people.ts";

/** One value for each person and name: `tooWide` are the names of which there are too many. */
export async function loadValues(
  client: PoolClient,
  query: string,
  { placeOf, ordinals }: People,
  budget: Budget,
): Promise<{ values: Map<string, Values>; tooWide: string[] }> {
  const columns: GrowingValues[] = [];
  const names: string[] = [];
  const columnAt = makeByteIndex((bytes) => {
    names.push(bytes.toString("utf8", LENGTH_BYTES));
    return columns.push(growingValues(budget)) - 1;
  });
  await copyRows(client, query, 4, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const name = startIn(rows, row, 1) - LENGTH_BYTES;
      const values =
        columns[columnAt(rows.bytes, rows.view, name, startIn(rows, row, 2) - LENGTH_BYTES)];
      if (values === undefined || values.isTooWide()) continue;
      const text = isNull(rows, row, 2) ? null : textIn(rows, row, 2);
      const number = isNull(rows, row, 3) ? null : numberIn(rows, row, 3);
      const told = text ?? (number === null ? "" : String(number));
      const code = values.codeOf(`${text === null ? "n" : "t"}${told}`, () => [{ text, number }]);
      values.put(placeOf(integerIn(rows, row, 0)), code);
    }
  });
  const named = columns.map((values, index) => ({ name: names[index] ?? "", values }));
  const kept = named.filter(({ values }) => !values.isTooWide());
  for (const _ of kept) budget.take(2 * ordinals.length);
  return {
    values: new Map(kept.map(({ name, values }) => [name, valuesOfAll(values, ordinals.length)])),
    tooWide: named.flatMap(({ name, values }) => (values.isTooWide() ? [name] : [])),
  };
}

const LENGTH_BYTES = 4;
