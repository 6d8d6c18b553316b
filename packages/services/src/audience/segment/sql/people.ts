import { type RawBuilder, sql } from "kysely";

/**
 * Some people, as a query of their ordinals `o`, or all but them. `isDistinct`: it tells each once; those
 * that need not are faster where it is only asked who is among them.
 */
export type People = { rows: RawBuilder<unknown>; isDistinct: boolean; isAllBut: boolean };

export const those = (rows: RawBuilder<unknown>, isDistinct = true): People => ({
  rows,
  isDistinct,
  isAllBut: false,
});

export const allBut = (people: People): People => ({ ...people, isAllBut: !people.isAllBut });

export const nobody = those(sql`SELECT NULL::int AS o WHERE false`);

/** The query with each ordinal once. */
export const distinct = ({ rows, isDistinct }: People) =>
  isDistinct ? rows : sql`SELECT o FROM (${rows}) AS many GROUP BY o`;

/** Who is in each of these. */
export function allOf(all: readonly People[]): People {
  const [first, ...others] = all.filter(({ isAllBut }) => !isAllBut);
  const without = all.filter(({ isAllBut }) => isAllBut);
  if (first === undefined) return allBut(union(without));
  if (all.length === 1) return first;
  const among = others.map(({ rows }) => sql`AND o IN (${rows})`);
  const apart = without.map(
    ({ rows }) => sql`AND NOT EXISTS (SELECT FROM (${rows}) AS out WHERE out.o = people.o)`,
  );
  const conditions = sql.join([...among, ...apart], sql` `);
  return { ...first, rows: sql`SELECT o FROM (${first.rows}) AS people WHERE true ${conditions}` };
}

/** Who is in any of these: nobody but who is in none. */
export function anyOf(all: readonly People[]): People {
  if (all.every(({ isAllBut }) => !isAllBut)) return union(all);
  return allBut(allOf(all.map(allBut)));
}

/** Of the queries as they are. */
function union(all: readonly People[]): People {
  const [first, ...others] = all;
  if (first === undefined) return nobody;
  if (others.length === 0) return { ...first, isAllBut: false };
  const queries = all.map(({ rows }) => sql`(${rows})`);
  return those(sql.join(queries, sql` UNION ALL `), false);
}
