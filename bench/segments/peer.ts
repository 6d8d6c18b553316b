import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { Db } from "@ringfence/db";
import { toInstants, findToday } from "@ringfence/core/audience/segment";
import { toIsoDate } from "@ringfence/core/platform/time";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { to } from "pg-copy-streams";
import { shopNow } from "./load-shop.ts";

const home = "America/Chicago";

/** The peer's copy of each table, in its own types, with rows in the order in which they came. */
const tables = {
  contact: `SELECT ordinal, coalesce(zone, '${home}') AS zone, address_region AS region, attributes ->> 'city' AS city,
    (attributes ->> 'age')::int AS age, attributes ->> 'tier' AS tier, attributes ->> 'joined' AS joined,
    email IS NOT NULL AS has_email FROM contact WHERE organization_id = $1 ORDER BY ordinal`,
  activity: `SELECT contact_ordinal AS contact, type, at AS happened, amount, category, properties FROM activity
    WHERE organization_id = $1 ORDER BY at`,
  contact_phone: `SELECT phone_id AS phone, contact_ordinal AS contact FROM contact_phone WHERE organization_id = $1`,
  call: `SELECT phone_id AS phone, at AS happened, outcome FROM call WHERE organization_id = $1 ORDER BY at`,
  consent_event: `SELECT phone_id AS phone, type, to_json(purposes) AS purposes, to_json(channels) AS channels, at AS happened,
    valid_until FROM consent_event WHERE organization_id = $1`,
  opt_out: `SELECT contact_ordinal AS contact FROM opt_out JOIN contact_phone USING (organization_id, phone_id)
    WHERE organization_id = $1 AND scope = 'profiling'`,
};

const columns: Record<keyof typeof tables, string> = {
  contact: `{'ordinal': 'INTEGER', 'zone': 'VARCHAR', 'region': 'VARCHAR', 'city': 'VARCHAR', 'age': 'INTEGER',
    'tier': 'VARCHAR', 'joined': 'DATE', 'has_email': 'BOOLEAN'}`,
  activity: `{'contact': 'INTEGER', 'type': 'VARCHAR', 'happened': 'TIMESTAMPTZ', 'amount': 'DOUBLE',
    'category': 'VARCHAR', 'properties': 'JSON'}`,
  contact_phone: `{'phone': 'UUID', 'contact': 'INTEGER'}`,
  call: `{'phone': 'UUID', 'happened': 'TIMESTAMPTZ', 'outcome': 'VARCHAR'}`,
  consent_event: `{'phone': 'UUID', 'type': 'VARCHAR', 'purposes': 'VARCHAR', 'channels': 'VARCHAR',
    'happened': 'TIMESTAMPTZ', 'valid_until': 'TIMESTAMPTZ'}`,
  opt_out: `{'contact': 'INTEGER'}`,
};

/**
 * Opens DuckDB in memory on the same data, with two threads because PostgreSQL has two processes.
 */
export async function openPeer(
  db: Db,
  organizationId: string,
  folder: string,
): Promise<DuckDBConnection> {
  await mkdir(folder, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const peer = await instance.connect();
  for (const name of [
    "contact",
    "activity",
    "contact_phone",
    "call",
    "consent_event",
    "opt_out",
  ] as const) {
    const file = path.join(folder, `${name}.csv`);
    await write(db, tables[name].replaceAll("$1", `'${organizationId}'`), file);
    await peer.run(
      `CREATE TABLE ${name} AS FROM read_csv('${file}', header = true, columns = ${columns[name]})`,
    );
  }
  await peer.run(`CREATE OR REPLACE TABLE consent_event AS
    SELECT * REPLACE (from_json(purposes, '["VARCHAR"]') AS purposes, from_json(channels, '["VARCHAR"]') AS channels)
    FROM consent_event`);
  await peer.run(calendarSql(await zonesIn(peer)));
  return peer;
}

async function write(db: Db, query: string, file: string) {
  const client = await db.pool.connect();
  try {
    await pipeline(
      client.query(to(`COPY (${query}) TO STDOUT (FORMAT csv, HEADER)`)),
      createWriteStream(file),
    );
  } finally {
    client.release();
  }
}

async function zonesIn(peer: DuckDBConnection): Promise<string[]> {
  const found = await peer.runAndReadAll("SELECT DISTINCT zone FROM contact");
  return found.getRows().map(([zone]) => String(zone));
}

/** SQL for the calendar of each zone, computed as in the product. */
export function calendarSql(zones: readonly string[]) {
  const starts = zones.flatMap((zone) =>
    [14, 30, 60, 90, 180, 300].map((days) => {
      const { from } = toInstants({ span: "last", days }, zone, shopNow);
      return `('${zone}', ${days}, TIMESTAMPTZ '${from?.toISOString()}')`;
    }),
  );
  const todays = zones.map((zone) => `('${zone}', DATE '${toIsoDate(findToday(zone, shopNow))}')`);
  const september = zones.map((zone) => {
    const { from } = toInstants({ span: "between", from: "2026-09-01" }, zone, shopNow);
    return `('${zone}', TIMESTAMPTZ '${from?.toISOString()}')`;
  });
  return `CREATE TABLE day_start AS FROM (VALUES ${starts.join()}) AS t (zone, days_ago, happened);
    CREATE TABLE today AS FROM (VALUES ${todays.join()}) AS t (zone, today);
    CREATE TABLE september AS FROM (VALUES ${september.join()}) AS t (zone, happened);
    CREATE TABLE clock AS SELECT TIMESTAMPTZ '${shopNow.toISOString()}' AS happened`;
}

/** Counts with the peer. */
export async function peerCount(peer: DuckDBConnection, query: string): Promise<number> {
  const found = await peer.runAndReadAll(query);
  return Number(found.getRows()[0]?.[0]);
}
