import type { ActivityProperties } from "@ringfence/core/people/activity";
import type { ActivityColumns } from "@ringfence/core/audience/segment/columns";
import { toTestedValue } from "@ringfence/core/audience/segment";
import type { PoolClient } from "pg";
import {
  type CopyRows,
  copyRows,
  createByteIndex,
  readInstant,
  readInteger,
  isNull,
  fieldStart,
} from "../../../platform/internal.ts";
import {
  type Budget,
  type ActivityBuilder,
  createActivityBuilder,
  readPropertyValues,
} from "./growing-columns.ts";
import { type PeopleColumns, readNumber, readText } from "./load-people.ts";
import { z } from "zod";

/** Identical texts are parsed once, up to this many. */
const MAX_TEXTS = 50_000;

const TypeCounts = z.array(z.object({ type: z.string(), rows: z.int() }));

type LoadedActivities = { activities: Map<string, ActivityColumns>; tooWide: string[] };

/**
 * Loads activities by type, from the queries `counts` and `activities` of `createColumnQueries`. Yields to the
 * event loop between types, because sorting millions of rows takes a while.
 */
export async function loadActivities(
  client: PoolClient,
  { counts, activities }: { counts: string; activities: string },
  people: PeopleColumns,
  budget: Budget,
): Promise<LoadedActivities> {
  const { rows: counted } = await client.query(counts);
  const growing = new Map(
    TypeCounts.parse(counted).map(({ type, rows }) => [
      type,
      createActivityBuilder(budget, Math.max(1, rows)),
    ]),
  );
  const read = createReader(growing, budget);
  await copyRows(client, activities, 6, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const { activities, codes } = read(rows, row);
      const person = people.findIndex(readInteger(rows, row, 0));
      activities.put(person, readInstant(rows, row, 1), readNumber(rows, row, 2), codes);
    }
  });
  const settled: LoadedActivities = { activities: new Map(), tooWide: [] };
  for (const [type, activities] of growing) {
    settled.activities.set(type, activities.settle(people.ordinals.length));
    for (const [name, values] of activities.properties) {
      if (values.hasTooManyValues()) settled.tooWide.push(`${type}/${name}`);
    }
    growing.delete(type);
    await new Promise(setImmediate);
  }
  return settled;
}

type ReadRow = { activities: ActivityBuilder; codes: ReturnType<ActivityBuilder["toCodes"]> };

/** Creates a reader of the type, category and properties of a row. Equal bytes are parsed once. */
function createReader(growing: Map<string, ActivityBuilder>, budget: Budget) {
  const readRows: ReadRow[] = [];
  const codeRow = (type: string, category: string | null, text: string): ReadRow => {
    const activities = growing.get(type) ?? createActivityBuilder(budget);
    growing.set(type, activities);
    const properties: ActivityProperties = JSON.parse(text);
    return { activities, codes: activities.toCodes(readPropertyValues(category, properties)) };
  };
  const readWhole = (rows: CopyRows, row: number) =>
    codeRow(
      readText(rows, row, 3),
      isNull(rows, row, 4) ? null : readText(rows, row, 4),
      readText(rows, row, 5),
    );
  let current = { rows: null as CopyRows | null, row: 0 };
  const findText = createByteIndex(() => {
    if (current.rows === null) throw new Error("no row is read");
    return readRows.push(readWhole(current.rows, current.row)) - 1;
  });
  return (rows: CopyRows, row: number): ReadRow => {
    if (readRows.length >= MAX_TEXTS) return readWhole(rows, row);
    current = { rows, row };
    const found =
      readRows[findText(rows.bytes, rows.view, fieldStart(rows, row, 3) - 4, rows.end[row] ?? 0)];
    if (found === undefined) throw new Error("a row was not read");
    return found;
  };
}

/** Loads calls, over all phones of each person. Outcomes are left out if there are too many (`hasTooManyOutcomes`). */
export async function loadCalls(
  client: PoolClient,
  query: string,
  people: PeopleColumns,
  budget: Budget,
): Promise<{ calls: ActivityColumns; hasTooManyOutcomes: boolean }> {
  const calls = createActivityBuilder(budget);
  const codesByOutcome = new Map<string, ReturnType<ActivityBuilder["toCodes"]>>();
  await copyRows(client, query, 3, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const outcome = isNull(rows, row, 2) ? "" : readText(rows, row, 2);
      const values = outcome === "" ? [] : [["outcome", [toTestedValue(outcome)]] as const];
      const codes = codesByOutcome.get(outcome) ?? calls.toCodes(values);
      codesByOutcome.set(outcome, codes);
      calls.put(
        people.findIndex(readInteger(rows, row, 0)),
        readInstant(rows, row, 1),
        Number.NaN,
        codes,
      );
    }
  });
  const hasTooManyOutcomes = calls.properties.get("outcome")?.hasTooManyValues() ?? false;
  return { calls: calls.settle(people.ordinals.length), hasTooManyOutcomes };
}
