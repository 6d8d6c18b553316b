import type { ActivityProperties, Item } from "@ringfence/core/activity";
import type { Deeds, Values } from "@ringfence/core/segment/columns";
import { type TestedValue, testedValue } from "@ringfence/core/segment";
import type { Budget } from "./budget.ts";
import { type GrowingValues, growingValues } from "./growing-values.ts";
import { growing, inOrder, orderOf } from "./rows-of-people.ts";

/** What people did of one kind, as rows come. */
export type GrowingDeeds = ReturnType<typeof growingDeeds>;

/** What the properties of a row say, by name. */
export type Told = readonly (readonly [name: string, values: readonly TestedValue[]])[];

export function growingDeeds(budget: Budget) {
  const places = growing((length) => new Int32Array(length), budget);
  const at = growing((length) => new Float64Array(length), budget);
  const amounts = growing((length) => new Float64Array(length), budget);
  const properties = new Map<string, GrowingValues>();
  let [rows, priced] = [0, 0];
  const propertyOf = (name: string) => {
    const values = properties.get(name) ?? growingValues(budget);
    properties.set(name, values);
    return values;
  };
  return {
    properties,
    /** Codes of what rows say alike, found once. */
    codesOf: (told: Told): Codes =>
      told.map(([name, values]) => {
        const property = propertyOf(name);
        return [property, property.codeOf(JSON.stringify(values), () => values)];
      }),
    put(place: number, time: number, amount: number, codes: Codes) {
      places.put(rows, place);
      at.put(rows, time);
      if (!Number.isNaN(amount)) {
        // Of the rows before there was none.
        if (priced++ === 0) for (let row = 0; row < rows; row++) amounts.put(row, Number.NaN);
      }
      if (priced > 0) amounts.put(rows, amount);
      for (const [property, code] of codes) property.put(rows, code);
      rows++;
    },
    /** Person by person. */
    settle(people: number): Deeds {
      const { first, order } = orderOf(places.column, at.column, rows, people);
      const told = [...properties].filter(([, values]) => !values.isTooWide());
      return {
        first,
        at: inOrder(at.column, order, (length) => new Float64Array(length)),
        amounts:
          priced === 0
            ? null
            : inOrder(amounts.column, order, (length) => new Float64Array(length)),
        properties: new Map(told.map(([name, values]) => [name, settled(values, order)])),
      };
    },
  };
}

type Codes = readonly (readonly [property: GrowingValues, code: number])[];

const settled = ({ codes, known }: GrowingValues, order: Uint32Array): Values => ({
  codes: inOrder(codes(), order, (length) => new Uint16Array(length)),
  known,
});

const itemFields = ["name", "sku", "category"] as const;

/** What a category and properties say, item by item. */
export function toldBy(category: string | null, properties: ActivityProperties): Told {
  const told: (readonly [string, readonly TestedValue[]])[] = [];
  if (category !== null) told.push(["category", [testedValue(category)]]);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "category" || name === "amount") continue;
    if (typeof value !== "object") told.push([name, [testedValue(value)]]);
    else if (name === "items") told.push(...toldByItems(value));
  }
  return told;
}

function toldByItems(items: readonly Item[]): Told {
  return itemFields.flatMap((field) => {
    const values = items.flatMap((item) => item[field] ?? []).map(testedValue);
    return values.length === 0 ? [] : [[`item.${field}`, values] as const];
  });
}
