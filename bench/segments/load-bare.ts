import type { Db } from "@ringfence/db";
import type { PoolClient } from "pg";
import { measureMs } from "../bench.ts";

const tables = [
  "contact",
  "contact_attribute",
  "contact_phone",
  "phone",
  "activity",
  "activity_rollup",
  "preference_rollup",
  "call",
  "consent_event",
  "opt_out",
];

type Step = { what: string; text: string };

/**
 * Loads millions of rows without the work that is usual for each: `rebuildIndexes` makes the indexes afterwards,
 * foreign keys are not checked, and the steps themselves write what triggers would write. After the steps of
 * `first`, each lane runs on a connection of its own.
 */
export async function loadBare(
  db: Db,
  { first, lanes }: { first: readonly Step[]; lanes: readonly (readonly Step[])[] },
  say: (text: string) => void,
): Promise<void> {
  const take = async (client: PoolClient, steps: Iterable<Step>) => {
    for (const { what, text } of steps) {
      const ms = await measureMs(() => client.query(text));
      say(`${what}: ${(ms / 1_000).toFixed(1)} s`);
    }
  };
  await db.pool.query(keepIndexes, [tables]);
  await db.pool.query(dropIndexes);
  await withClient(db, (client) => take(client, first));
  await Promise.all(lanes.map((lane) => withClient(db, (client) => take(client, lane))));
}

/** Makes the indexes that a load has dropped, however it ended; only those of `names` if given. */
export async function rebuildIndexes(db: Db, names?: readonly string[]): Promise<void> {
  const { rows: known } = await db.pool.query("SELECT to_regclass('dropped_index') AS is_there");
  if (known[0]?.is_there === null) return;
  const { rows } = await db.pool.query<{ sql: string }>(
    `SELECT sql FROM dropped_index
     WHERE to_regclass(name) IS NULL AND ($1::text[] IS NULL OR name = ANY ($1)) ORDER BY bytes DESC`,
    [names],
  );
  // Each statement runs on whichever of two connections is free.
  const left = rows.values();
  const make = async (client: PoolClient) => {
    for (const { sql } of left) await client.query(sql);
  };
  await Promise.all([withClient(db, make), withClient(db, make)]);
  if (names === undefined) await db.pool.query("DROP TABLE dropped_index");
}

async function withClient(db: Db, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query(`SET session_replication_role = replica; SET synchronous_commit = off;
      SET work_mem = '512MB'; SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 0;
      SET jit = off`);
    await work(client);
  } finally {
    client.release(true);
  }
}

/** Indexes that are not dropped: they hold few rows, and reading needs them for every row. */
const keptIndexes = ["consent_event_void", "contact_erased", "opt_out_profiling"];

/** Notes all other indexes that no foreign key needs: how to drop them, and how to make them again. */
const keepIndexes = `
  CREATE TABLE IF NOT EXISTS dropped_index AS
  SELECT index.indexrelid::regclass::text AS name, pg_relation_size(index.indexrelid) AS bytes,
    CASE WHEN own.oid IS NULL THEN 'DROP INDEX IF EXISTS ' || index.indexrelid::regclass
      ELSE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', indrelid::regclass, own.conname)
    END AS drop,
    CASE WHEN own.oid IS NULL THEN pg_get_indexdef(index.indexrelid)
      ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', indrelid::regclass, own.conname,
        pg_get_constraintdef(own.oid))
    END AS sql
  FROM pg_index AS index
  LEFT JOIN pg_constraint AS own ON own.conindid = index.indexrelid AND own.contype IN ('p', 'u')
  WHERE indrelid = ANY ($1::regclass[])
    AND index.indexrelid::regclass::text <> ALL ('{${keptIndexes.join()}}')
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = index.indexrelid AND contype = 'f')`;
const dropIndexes = `
  DO $do$ DECLARE one record; BEGIN
    FOR one IN SELECT drop FROM dropped_index LOOP EXECUTE one.drop; END LOOP;
  END $do$`;
