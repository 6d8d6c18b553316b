import { type RawBuilder, sql } from "kysely";

/**
 * People as a query of ordinals `o`, or everyone except them (`isAllBut`). `isDistinct`: each ordinal occurs once.
 * Queries with duplicates are faster where only membership matters.
 */
export type PeopleQuery = { rows: RawBuilder<unknown>; isDistinct: boolean; isAllBut: boolean };

export const toPeople = (rows: RawBuilder<unknown>, isDistinct = true): PeopleQuery => ({
  rows,
  isDistinct,
  isAllBut: false,
});

/** Turns people into everyone else. */
export const complement = (people: PeopleQuery): PeopleQuery => ({
  ...people,
  isAllBut: !people.isAllBut,
});

export const noPeople = toPeople(sql`SELECT NULL::int AS o WHERE false`);

/** Selects each ordinal once. */
export const selectDistinct = ({ rows, isDistinct }: PeopleQuery) =>
  isDistinct ? rows : sql`SELECT o FROM (${rows}) AS many GROUP BY o`;

/** Intersects groups of people. */
export function intersect(all: readonly PeopleQuery[]): PeopleQuery {
  const [first, ...others] = all.filter(({ isAllBut }) => !isAllBut);
  const without = all.filter(({ isAllBut }) => isAllBut);
  // Everyone except several groups is everyone except their union.
  if (first === undefined) return complement(appendRows(without));
  if (all.length === 1) return first;
  const among = others.map(({ rows }) => sql`AND o IN (${rows})`);
  const apart = without.map(
    ({ rows }) => sql`AND NOT EXISTS (SELECT FROM (${rows}) AS out WHERE out.o = people.o)`,
  );
  const conditions = sql.join([...among, ...apart], sql` `);
  return { ...first, rows: sql`SELECT o FROM (${first.rows}) AS people WHERE true ${conditions}` };
}

/** Unites groups of people. */
export function unite(all: readonly PeopleQuery[]): PeopleQuery {
  if (all.every(({ isAllBut }) => !isAllBut)) return appendRows(all);
  return complement(intersect(all.map(complement)));
}

/** Appends the rows of queries to each other, whatever their `isAllBut`. */
function appendRows(all: readonly PeopleQuery[]): PeopleQuery {
  const [first, ...others] = all;
  if (first === undefined) return noPeople;
  if (others.length === 0) return { ...first, isAllBut: false };
  const queries = all.map(({ rows }) => sql`(${rows})`);
  return toPeople(sql.join(queries, sql` UNION ALL `), false);
}
