import {
  type Columns,
  type Deeds,
  mergeDeeds,
  takePeople,
} from "@ringfence/core/audience/segment/columns";
import type { TransactionContext } from "../../../platform/context.ts";
import { loadActivityTypes } from "../../../people/activity/activity-types.ts";
import {
  type GrowingDeeds,
  type GrowingValues,
  growingDeeds,
  growingValues,
  makeBudget,
  makePlaces,
  toldBy,
  valuesOfAll,
} from "./growing-columns.ts";
import { type DeedRow, type DeedsSince, deedsSince } from "./changes.ts";
import type { LoadedColumns } from "./load-columns.ts";

/** `others`: those of whom columns do not tell everything. */
export type TouchedColumns = { columns: Columns; others: number[] };

/**
 * Some people in columns: what this process holds of them, and what they did since it was read. Whether
 * that is all they did is told by how many activities they have: whatever is held and whatever was
 * recorded later are never the same, so equal numbers are equal activities. Null where nothing is held.
 */
export const touchedColumns = async (
  ctx: TransactionContext,
  ordinals: readonly number[],
): Promise<TouchedColumns | null> => {
  const loaded = ctx.columns?.of(ctx.organizationId, ctx.now) ?? null;
  if (loaded === null) return null;
  const known = (await loadActivityTypes(ctx)).map(({ key }) => key);
  const types = [...new Set([...known, ...loaded.columns.deeds.keys()])];
  const since = await deedsSince(ctx, loaded, { ordinals, types });
  const isWhole = wholeIn(loaded, since);
  const others = ordinals.filter((ordinal) => !isWhole(ordinal));
  const whole = new Set(ordinals.filter(isWhole));
  const places = Int32Array.from(whole, loaded.placeOf).toSorted();
  const columns = withSince(takePeople(loaded.columns, places), since);
  return { columns, others };
};

/** Whether nothing but activities came of somebody, and all of these are held or were read. */
function wholeIn({ columns, placeOf }: LoadedColumns, { changed, added, counts }: DeedsSince) {
  const others = new Set(changed);
  /** How many have to be held. */
  const held = new Map(counts);
  for (const [ordinal] of added) held.set(ordinal, (held.get(ordinal) ?? 0) - 1);
  const deeds = [...columns.deeds.values()];
  return (ordinal: number): boolean => {
    const place = placeOf(ordinal);
    if (place < 0 || others.has(ordinal)) return false;
    let rows = 0;
    for (const { first } of deeds) rows += (first[place + 1] ?? 0) - (first[place] ?? 0);
    return rows === (held.get(ordinal) ?? 0);
  };
}

function withSince(columns: Columns, { added, preferences }: DeedsSince): Columns {
  const placeOf = makePlaces(columns.ordinals);
  const deeds = new Map(columns.deeds);
  const tooWide = new Set(columns.tooWide);
  for (const [type, more] of growingByType(added, placeOf, tooWide)) {
    const settled = more.settle(columns.ordinals.length);
    const merged = mergeDeeds(deeds.get(type) ?? nothing(columns), settled);
    deeds.set(type, merged.deeds);
    const wide = [...more.properties].flatMap(([name, values]) =>
      values.isTooWide() ? [name] : [],
    );
    for (const name of [...wide, ...merged.tooWide]) tooWide.add(`${type}/${name}`);
  }
  return { ...columns, deeds, tooWide, preferences: preferencesOf(columns, preferences, placeOf) };
}

const nothing = ({ ordinals }: Columns): Deeds =>
  growingDeeds(makeBudget(Infinity)).settle(ordinals.length);

function growingByType(
  added: readonly DeedRow[],
  placeOf: (ordinal: number) => number,
  tooWide: ReadonlySet<string>,
): Map<string, GrowingDeeds> {
  const growing = new Map<string, GrowingDeeds>();
  for (const [ordinal, type, at, amount, category, properties] of added) {
    const place = placeOf(ordinal);
    if (place < 0) continue;
    const deeds = growing.get(type) ?? growingDeeds(makeBudget(Infinity));
    growing.set(type, deeds);
    const told = toldBy(category, properties).filter(([name]) => !tooWide.has(`${type}/${name}`));
    deeds.put(place, at, amount ?? Number.NaN, deeds.codesOf(told));
  }
  return growing;
}

function preferencesOf(
  { ordinals }: Columns,
  rows: DeedsSince["preferences"],
  placeOf: (ordinal: number) => number,
) {
  const growing = new Map<string, GrowingValues>();
  for (const [ordinal, topic, value] of rows) {
    const place = placeOf(ordinal);
    if (place < 0) continue;
    const values = growing.get(topic) ?? growingValues(makeBudget(Infinity));
    growing.set(topic, values);
    values.put(
      place,
      values.codeOf(value, () => [{ text: value, number: null }]),
    );
  }
  return new Map([...growing].map(([topic, one]) => [topic, valuesOfAll(one, ordinals.length)]));
}
