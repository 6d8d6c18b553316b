import {
  type Columns,
  type ActivityColumns,
  mergeActivities,
  selectPeople,
} from "@ringfence/core/audience/segment/columns";
import type { TransactionContext } from "../../../platform/internal.ts";
import { loadActivityTypes } from "../../../people/activity/internal.ts";
import {
  type ActivityBuilder,
  type ValueBuilder,
  createActivityBuilder,
  createValueBuilder,
  createBudget,
  createOrdinalIndex,
  readPropertyValues,
  buildValues,
} from "./growing-columns.ts";
import { type ActivityRow, type NewFacts, loadNewFacts } from "./changes.ts";
import type { LoadedColumns } from "./load-columns.ts";

/** Columns of some people. `incomplete` lists those who are left out, because their columns are incomplete. */
export type TouchedColumns = { columns: Columns; incomplete: number[] };

/**
 * Loads the columns of some people, brought up to date with activities recorded after loading. A person's columns
 * are complete if nothing else changed and the number of activities matches, because loaded and later activities
 * never overlap. Null if no columns are loaded.
 */
export const loadTouchedColumns = async (
  ctx: TransactionContext,
  ordinals: readonly number[],
): Promise<TouchedColumns | null> => {
  const loaded = ctx.columns?.find(ctx.organizationId, ctx.now) ?? null;
  if (loaded === null) return null;
  const defined = (await loadActivityTypes(ctx)).map(({ key }) => key);
  const types = [...new Set([...defined, ...loaded.columns.activities.keys()])];
  const since = await loadNewFacts(ctx, loaded, { ordinals, types });
  const isWhole = createCompletenessTest(loaded, since);
  const others = ordinals.filter((ordinal) => !isWhole(ordinal));
  const whole = new Set(ordinals.filter(isWhole));
  const people = Int32Array.from(whole, loaded.findIndex).toSorted();
  const columns = addNewFacts(selectPeople(loaded.columns, people), since);
  return { columns, incomplete: others };
};

/** Creates a test that a person's columns are complete. */
function createCompletenessTest(
  { columns, findIndex }: LoadedColumns,
  { changed, added, counts }: NewFacts,
) {
  const others = new Set(changed);
  /** Number of a person's activities that must be in the loaded columns. */
  const expected = new Map(counts);
  for (const [ordinal] of added) expected.set(ordinal, (expected.get(ordinal) ?? 0) - 1);
  const activities = [...columns.activities.values()];
  return (ordinal: number): boolean => {
    const person = findIndex(ordinal);
    if (person < 0 || others.has(ordinal)) return false;
    let rows = 0;
    for (const { first } of activities) rows += (first[person + 1] ?? 0) - (first[person] ?? 0);
    return rows === (expected.get(ordinal) ?? 0);
  };
}

function addNewFacts(columns: Columns, { added, preferences }: NewFacts): Columns {
  const findIndex = createOrdinalIndex(columns.ordinals);
  const activities = new Map(columns.activities);
  const tooWide = new Set(columns.tooWide);
  for (const [type, more] of createBuilders(added, findIndex, tooWide)) {
    const settled = more.settle(columns.ordinals.length);
    const merged = mergeActivities(activities.get(type) ?? noActivities(columns), settled);
    activities.set(type, merged.activities);
    const wide = [...more.properties].flatMap(([name, values]) =>
      values.hasTooManyValues() ? [name] : [],
    );
    for (const name of [...wide, ...merged.tooWide]) tooWide.add(`${type}/${name}`);
  }
  return {
    ...columns,
    activities,
    tooWide,
    preferences: buildPreferences(columns, preferences, findIndex),
  };
}

const noActivities = ({ ordinals }: Columns): ActivityColumns =>
  createActivityBuilder(createBudget(Infinity)).settle(ordinals.length);

function createBuilders(
  added: readonly ActivityRow[],
  findIndex: (ordinal: number) => number,
  tooWide: ReadonlySet<string>,
): Map<string, ActivityBuilder> {
  const growing = new Map<string, ActivityBuilder>();
  for (const [ordinal, type, at, amount, category, properties] of added) {
    const person = findIndex(ordinal);
    if (person < 0) continue;
    const activities = growing.get(type) ?? createActivityBuilder(createBudget(Infinity));
    growing.set(type, activities);
    const values = readPropertyValues(category, properties).filter(
      ([name]) => !tooWide.has(`${type}/${name}`),
    );
    activities.put(person, at, amount ?? Number.NaN, activities.toCodes(values));
  }
  return growing;
}

function buildPreferences(
  { ordinals }: Columns,
  rows: NewFacts["preferences"],
  findIndex: (ordinal: number) => number,
) {
  const growing = new Map<string, ValueBuilder>();
  for (const [ordinal, topic, value] of rows) {
    const person = findIndex(ordinal);
    if (person < 0) continue;
    const values = growing.get(topic) ?? createValueBuilder(createBudget(Infinity));
    growing.set(topic, values);
    values.put(
      person,
      values.toCode(value, () => [{ text: value, number: null }]),
    );
  }
  return new Map([...growing].map(([topic, one]) => [topic, buildValues(one, ordinals.length)]));
}
