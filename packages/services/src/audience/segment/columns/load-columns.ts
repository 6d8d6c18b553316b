import type { OrganizationId } from "@ringfence/core/ids";
import type { Columns } from "@ringfence/core/audience/segment/columns";
import type { Db } from "@ringfence/db";
import type { PoolClient } from "pg";
import { copyRows, integerIn } from "../../../platform/copy-rows.ts";
import { withinSnapshot } from "../../../calling/scrub/within-snapshot.ts";
import { makeBudget } from "./budget.ts";
import { columnQueries, uniqueProperties } from "./column-queries.ts";
import { loadActivities, loadCalls } from "./load-activities.ts";
import { loadConsents } from "./load-consents.ts";
import { loadPeople, type People } from "./load-people.ts";
import { loadValues } from "./load-values.ts";

/** The columns of an organization, and the transactions that they have seen. */
export type LoadedColumns = {
  columns: Columns;
  placeOf: (ordinal: number) => number;
  /** As PostgreSQL writes a `pg_snapshot`. */
  snapshot: string;
  at: Date;
  /** No activity that they hold was recorded later. */
  recordedUntil: Date;
  bytes: number;
};

/**
 * Reads all that rules ask about, as of one instant.
 *
 * @throws TooLarge where it would take more than so many bytes
 */
export const loadColumns = (
  db: Db,
  organizationId: OrganizationId,
  mostBytes: number,
): Promise<LoadedColumns> =>
  withinSnapshot(db, async (first, second) => {
    const budget = makeBudget(mostBytes);
    const queries = columnQueries(organizationId);
    const { unique, ...begun } = await beginningOf(first, organizationId);
    const people = await loadPeople(first, queries.people, budget);

    const loadOthers = async () => {
      const fields = await loadValues(second, queries.fields, people, budget);
      const preferences = await loadValues(second, queries.preferences, people, budget);
      const calls = await loadCalls(second, queries.calls, people, budget);
      const consents = await loadConsents(second, queries.consents, people, budget);
      const refused = await loadRefusers(second, queries.refusers, people);
      return { fields, preferences, calls, consents, refused };
    };
    const [{ deeds, tooWide }, { fields, preferences, ...others }] = await Promise.all([
      loadActivities(
        first,
        { counts: queries.counts, activities: queries.activities(unique) },
        people,
        budget,
      ),
      loadOthers(),
    ]);
    const { placeOf, ...whose } = people;
    const columns: Columns = {
      ...whose,
      ...others,
      deeds,
      fields: fields.values,
      preferences: preferences.values,
      tooWide: new Set([
        ...tooWide,
        ...[...deeds.keys()].flatMap((type) => unique.map((name) => `${type}/${name}`)),
        ...fields.tooWide.map((name) => `field/${name}`),
        ...preferences.tooWide.map((name) => `topic/${name}`),
      ]),
    };
    return { columns, placeOf, ...begun, bytes: budget.taken };
  });

async function beginningOf(client: PoolClient, organizationId: OrganizationId) {
  const { rows } = await client.query<{ snapshot: string; at: Date; recordedUntil: Date }>(
    `SELECT pg_current_snapshot()::text AS snapshot, now() AS at, greatest(now() - interval '1 day', (
       SELECT max(recorded_at) FROM activity
       WHERE organization_id = $1 AND recorded_at > now() - interval '1 day')) AS "recordedUntil"`,
    [organizationId],
  );
  const [begun] = rows;
  if (begun === undefined) throw new Error("no snapshot");
  const unique = await client.query<{ name: string }>(uniqueProperties, [organizationId]);
  return { ...begun, unique: [...new Set(unique.rows.map(({ name }) => name))] };
}

async function loadRefusers(client: PoolClient, query: string, { placeOf, ordinals }: People) {
  const refused = new Uint8Array(ordinals.length);
  await copyRows(client, query, 1, (rows) => {
    for (let row = 0; row < rows.count; row++) refused[placeOf(integerIn(rows, row, 0))] = 1;
  });
  return refused;
}
