import type { ActivityProperties } from "@ringfence/core/people/activity";
import type { Deeds } from "@ringfence/core/audience/segment/columns";
import { testedValue } from "@ringfence/core/audience/segment";
import type { PoolClient } from "pg";
import { makeByteIndex } from "../../../platform/byte-index.ts";
import {
  type CopyRows,
  copyRows,
  instantIn,
  integerIn,
  isNull,
  startIn,
} from "../../../platform/copy-rows.ts";
import { type Budget, type GrowingDeeds, growingDeeds, toldBy } from "./growing-columns.ts";
import { type People, numberIn, textIn } from "./load-people.ts";

/** What rows say in the same words is read once, until they turn out to be too many. */
const MOST_TEXTS = 50_000;

type Loaded = { deeds: Map<string, Deeds>; tooWide: string[] };

/** What people did, by type. The loop is left between types, for to sort millions takes a while. */
export async function loadActivities(
  client: PoolClient,
  { counts, activities }: { counts: string; activities: string },
  people: People,
  budget: Budget,
): Promise<Loaded> {
  const { rows: counted } = await client.query<{ type: string; rows: number }>(counts);
  const growing = new Map(
    counted.map(({ type, rows }) => [type, growingDeeds(budget, Math.max(1, rows))]),
  );
  const read = readerOf(growing, budget);
  await copyRows(client, activities, 6, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const { deeds, codes } = read(rows, row);
      const place = people.placeOf(integerIn(rows, row, 0));
      deeds.put(place, instantIn(rows, row, 1), numberIn(rows, row, 2), codes);
    }
  });
  const settled: Loaded = { deeds: new Map(), tooWide: [] };
  for (const [type, deeds] of growing) {
    settled.deeds.set(type, deeds.settle(people.ordinals.length));
    for (const [name, values] of deeds.properties) {
      if (values.isTooWide()) settled.tooWide.push(`${type}/${name}`);
    }
    growing.delete(type);
    await new Promise(setImmediate);
  }
  return settled;
}

type Words = { deeds: GrowingDeeds; codes: ReturnType<GrowingDeeds["codesOf"]> };

/** Of a row: its type, category and properties. */
function readerOf(growing: Map<string, GrowingDeeds>, budget: Budget) {
  const known: Words[] = [];
  const wordsIn = (type: string, category: string | null, text: string): Words => {
    const deeds = growing.get(type) ?? growingDeeds(budget);
    growing.set(type, deeds);
    const properties: ActivityProperties = JSON.parse(text);
    return { deeds, codes: deeds.codesOf(toldBy(category, properties)) };
  };
  const readWhole = (rows: CopyRows, row: number) =>
    wordsIn(
      textIn(rows, row, 3),
      isNull(rows, row, 4) ? null : textIn(rows, row, 4),
      textIn(rows, row, 5),
    );
  let at = { rows: null as CopyRows | null, row: 0 };
  const place = makeByteIndex(() => {
    if (at.rows === null) throw new Error("no row is read");
    return known.push(readWhole(at.rows, at.row)) - 1;
  });
  return (rows: CopyRows, row: number): Words => {
    if (known.length >= MOST_TEXTS) return readWhole(rows, row);
    at = { rows, row };
    const found =
      known[place(rows.bytes, rows.view, startIn(rows, row, 3) - 4, rows.end[row] ?? 0)];
    if (found === undefined) throw new Error("a row was not read");
    return found;
  };
}

/** Calls, over all phones of each person. */
export async function loadCalls(
  client: PoolClient,
  query: string,
  people: People,
  budget: Budget,
): Promise<Deeds> {
  const calls = growingDeeds(budget);
  const codesByOutcome = new Map<string, ReturnType<GrowingDeeds["codesOf"]>>();
  await copyRows(client, query, 3, (rows) => {
    for (let row = 0; row < rows.count; row++) {
      const outcome = isNull(rows, row, 2) ? "" : textIn(rows, row, 2);
      const told = outcome === "" ? [] : [["outcome", [testedValue(outcome)]] as const];
      const codes = codesByOutcome.get(outcome) ?? calls.codesOf(told);
      codesByOutcome.set(outcome, codes);
      calls.put(
        people.placeOf(integerIn(rows, row, 0)),
        instantIn(rows, row, 1),
        Number.NaN,
        codes,
      );
    }
  });
  return calls.settle(people.ordinals.length);
}
