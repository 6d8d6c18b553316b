import type { ActivityProperties, Item } from "@ringfence/core/people/activity";
import type { Deeds, Values } from "@ringfence/core/audience/segment/columns";
import { type TestedValue, testedValue } from "@ringfence/core/audience/segment";
import type { Budget } from "./budget.ts";
import { type GrowingValues, growingValues } from "./growing-values.ts";
import { type Growing, growing, inOrder, orderOf } from "./rows-of-people.ts";

/** What people did of one kind, as rows come, of which there may be known to be so many. */
export type GrowingDeeds = ReturnType<typeof growingDeeds>;

/** What the properties of a row say, by name. */
export type Told = readonly (readonly [name: string, values: readonly TestedValue[]])[];

export function growingDeeds(budget: Budget, room?: number) {
  const floats = () => growing((length) => new Float64Array(length), budget, room);
  const places = growing((length) => new Int32Array(length), budget, room);
  const at = floats();
  let amounts: Growing<Float64Array> | null = null;
  const properties = new Map<string, GrowingValues>();
  let rows = 0;
  const propertyOf = (name: string) => {
    const values = properties.get(name) ?? growingValues(budget, room);
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
      if (amounts === null && !Number.isNaN(amount)) {
        amounts = floats();
        // Of the rows before there was none.
        for (let row = 0; row < rows; row++) amounts.put(row, Number.NaN);
      }
      amounts?.put(rows, amount);
      for (const [property, code] of codes) property.put(rows, code);
      rows++;
    },
    /** Person by person. */
    settle(people: number): Deeds {
      const { first, order } = orderOf(places.give(), at.column, rows, people);
      const told = [...properties].filter(([, values]) => !values.isTooWide());
      return {
        first,
        at: inOrder(at.give(), order, (length) => new Float64Array(length)),
        amounts: amounts && inOrder(amounts.give(), order, (length) => new Float64Array(length)),
        properties: new Map(told.map(([name, values]) => [name, settled(values, order)])),
      };
    },
  };
}

type Codes = readonly (readonly [property: GrowingValues, code: number])[];

const settled = ({ give, known }: GrowingValues, order: Uint32Array): Values => ({
  codes: inOrder(give(), order, (length) => new Uint16Array(length)),
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
