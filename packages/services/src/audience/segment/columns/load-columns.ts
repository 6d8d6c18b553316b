import type { OrganizationId } from "@ringfence/core/ids";
import { CALL_OUTCOME, type Columns } from "@ringfence/core/audience/segment/columns";
import type { Db } from "@ringfence/db";
import { type PoolClient, escapeLiteral } from "pg";
import { copyRows, readInteger, withSharedSnapshot } from "../../../platform/internal.ts";
import { createBudget } from "./growing-columns.ts";
import { loadActivities, loadCalls } from "./load-activities.ts";
import { type PeopleColumns, loadConsents, loadPeople, loadValues } from "./load-people.ts";
import { z } from "zod";

/** Loaded columns, and the transactions that they have seen. */
export type LoadedColumns = {
  columns: Columns;
  findIndex: (ordinal: number) => number;
  /** In PostgreSQL's `pg_snapshot` format. */
  snapshot: string;
  at: Date;
  /** No activity in the columns was recorded later. */
  recordedUntil: Date;
  bytes: number;
};

/**
 * Loads everything that rules can ask about, as of one point in time. Throws `ColumnsTooLarge` beyond the memory
 * limit, or if consents have more terms than codes.
 */
export const loadColumns = (
  db: Db,
  organizationId: OrganizationId,
  maxBytes: number,
): Promise<LoadedColumns> =>
  withSharedSnapshot(db, async (first, second) => {
    const budget = createBudget(maxBytes);
    const queries = createColumnQueries(organizationId);
    const { unique, ...begun } = await beginSnapshot(first, organizationId);
    const people = await loadPeople(first, queries.people, budget);

    const loadOthers = async () => {
      const fields = await loadValues(second, queries.fields, people, budget);
      const preferences = await loadValues(second, queries.preferences, people, budget);
      const called = await loadCalls(second, queries.calls, people, budget);
      const consents = await loadConsents(second, queries.consents, people, budget);
      const profilingRefusers = await loadProfilingRefusers(second, queries.refusers, people);
      return { fields, preferences, called, consents, profilingRefusers };
    };
    const [{ activities, tooWide }, { fields, preferences, called, ...others }] = await Promise.all(
      [
        loadActivities(
          first,
          { counts: queries.counts, activities: queries.activities(unique) },
          people,
          budget,
        ),
        loadOthers(),
      ],
    );
    const { findIndex, ...whose } = people;
    const columns: Columns = {
      ...whose,
      ...others,
      activities,
      calls: called.calls,
      fields: fields.values,
      preferences: preferences.values,
      tooWide: new Set([
        ...tooWide,
        ...[...activities.keys()].flatMap((type) => unique.map((name) => `${type}/${name}`)),
        ...fields.tooWide.map((name) => `field/${name}`),
        ...preferences.tooWide.map((name) => `topic/${name}`),
        ...(called.hasTooManyOutcomes ? [CALL_OUTCOME] : []),
      ]),
    };
    return { columns, findIndex, ...begun, bytes: budget.taken };
  });

const Snapshot = z.object({ snapshot: z.string(), at: z.date(), recordedUntil: z.date() });

async function beginSnapshot(client: PoolClient, organizationId: OrganizationId) {
  const { rows } = await client.query(
    `SELECT pg_current_snapshot()::text AS snapshot, now() AS at, greatest(now() - interval '1 day', (
       SELECT max(recorded_at) FROM activity
       WHERE organization_id = $1 AND recorded_at > now() - interval '1 day')) AS "recordedUntil"`,
    [organizationId],
  );
  const [begun] = z.tuple([Snapshot]).parse(rows);
  const unique = await client.query(selectUniqueProperties, [organizationId]);
  const names = z.array(z.object({ name: z.string() })).parse(unique.rows);
  return { ...begun, unique: [...new Set(names.map(({ name }) => name))] };
}

async function loadProfilingRefusers(
  client: PoolClient,
  query: string,
  { findIndex, ordinals }: PeopleColumns,
) {
  const refusers = new Uint8Array(ordinals.length);
  await copyRows(client, query, 1, (rows) => {
    for (let row = 0; row < rows.count; row++) refusers[findIndex(readInteger(rows, row, 0))] = 1;
  });
  return refusers;
}

/**
 * Builds the COPY queries. COPY takes no parameters, and these texts contain no user input but escaped
 * names.
 */
function createColumnQueries(organizationId: OrganizationId) {
  const ours = (table: string) => `${table}.organization_id = '${organizationId}'::uuid`;
  const owner = (phone: string) => `contact_phone AS owner ON ${ours("owner")}
    AND owner.phone_id = ${phone} AND owner.contact_ordinal > 0`;
  return {
    people: `SELECT ordinal, zone FROM contact WHERE ${ours("contact")} ORDER BY ordinal`,
    fields: `SELECT contact_ordinal, field, text, number FROM contact_attribute
      WHERE ${ours("contact_attribute")}`,
    preferences: `SELECT contact_ordinal, topic, value, NULL::float8 FROM preference_rollup
      WHERE ${ours("preference_rollup")} AND value IS NOT NULL`,
    counts: `SELECT type, sum(count)::int AS rows FROM activity_rollup
      WHERE ${ours("activity_rollup")} AND contact_ordinal > 0 GROUP BY type`,
    /** Activities of erased people are excluded everywhere, since their totals are gone too. */
    activities: (leftOut: readonly string[]) => `SELECT contact_ordinal, at, amount, type, category,
        (properties - ARRAY[${leftOut.map(escapeLiteral).join()}]::text[])::text
      FROM activity WHERE ${ours("activity")} AND contact_ordinal > 0 AND NOT EXISTS (
        SELECT FROM contact WHERE ${ours("contact")} AND ordinal = contact_ordinal
          AND erased_at IS NOT NULL)`,
    calls: `SELECT owner.contact_ordinal, k.at, k.outcome
      FROM call AS k JOIN ${owner("k.phone_id")} WHERE ${ours("k")}`,
    consents: `SELECT owner.contact_ordinal, e.phone_id, e.at, e.valid_until,
        (SELECT min(void.at) FROM consent_event AS void WHERE ${ours("void")}
          AND void.type = 'invalidated' AND void.consent_id = e.consent_id
          AND void.phone_id = e.phone_id AND void.at >= e.at),
        json_build_array(e.type, e.seller_id, e.purposes, e.channels)::text
      FROM consent_event AS e JOIN ${owner("e.phone_id")}
      WHERE ${ours("e")} AND e.type IN ('granted', 'renewed', 'refused', 'withdrawn')
      ORDER BY owner.contact_ordinal, e.phone_id`,
    refusers: `SELECT owner.contact_ordinal FROM opt_out_known AS refusal
      JOIN ${owner("refusal.phone_id")} WHERE ${ours("refusal")} AND refusal.scope = 'profiling'
        AND refusal.corrected_at IS NULL`,
  };
}

/** Finds properties that are nearly unique (an order number), from a sample. They are not loaded for any type. */
const selectUniqueProperties = `
  SELECT key AS name FROM (
    SELECT type, properties FROM activity WHERE organization_id = $1 LIMIT 20000
  ) AS seen, jsonb_each(properties) WHERE jsonb_typeof(value) <> 'array'
  GROUP BY type, key HAVING count(DISTINCT value) > 1000 AND 2 * count(DISTINCT value) > count(*)`;
