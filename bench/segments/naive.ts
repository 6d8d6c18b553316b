import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { measureMs } from "../bench.ts";
import { calendarSql } from "./peer.ts";
import { peerRules } from "./peer-rules.ts";

/** Limit of a query. One that takes longer counts as this long. */
const PATIENCE_MS = 30_000;

/**
 * Measures the same counts over a table of contacts and one of events that hold JSON documents, with no index but
 * the key: the simplest design. Returns milliseconds by the name of the rule.
 */
export async function measureNaive(
  db: Db,
  organizationId: OrganizationId,
  say: (text: string) => void,
): Promise<Map<string, number>> {
  const client = await db.pool.connect();
  const times = new Map<string, number>();
  try {
    await client.query("SET plan_cache_mode = auto; SET jit = off; SET work_mem = '128MB'");
    say("making documents");
    await client.query(documentsSql(organizationId));
    const { rows } = await client.query<{ zone: string }>(
      "SELECT DISTINCT zone FROM naive.contact",
    );
    await client.query(`SET search_path = naive, public;
      ${calendarSql(rows.map(({ zone }) => zone)).replaceAll(" AS FROM (VALUES", " AS SELECT * FROM (VALUES")}`);
    await client.query(`VACUUM ANALYZE naive.contacts`);
    await client.query(`VACUUM ANALYZE naive.events`);
    await client.query(`SET statement_timeout = ${PATIENCE_MS}`);
    for (const [name, query] of Object.entries(peerRules)) {
      const ms = await measureMs(() => client.query(inPostgres(query)).catch(ignoreTimeout));
      say(`SQL over JSONB, ${name}: ${ms.toFixed(0)} ms`);
      times.set(name, ms);
    }
    await client.query("SET statement_timeout = 0; DROP SCHEMA naive CASCADE");
  } finally {
    client.release(true);
  }
  return times;
}

function ignoreTimeout(error: unknown) {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "57014") throw error;
}

/** Translates what differs in the peer's dialect. */
const inPostgres = (query: string) =>
  query
    .replaceAll(/\(\s*FROM /g, "(SELECT FROM ")
    .replaceAll("INTERVAL 72 HOUR", "interval '72 hours'")
    .replaceAll(/\[('[^\]]*)\]/g, "ARRAY[$1]")
    .replaceAll(
      /FROM \(SELECT unnest\(from_json\([^)]*\)\) AS item\)/g,
      "FROM jsonb_array_elements(a.properties -> 'items') AS item",
    )
    .replaceAll(
      "arg_max((properties ->> 'value'), happened)",
      "(array_agg(properties ->> 'value' ORDER BY happened DESC))[1]",
    );

const documentsSql = (organizationId: OrganizationId) =>
  `DROP SCHEMA IF EXISTS naive CASCADE; CREATE SCHEMA naive;
  CREATE UNLOGGED TABLE naive.contacts AS SELECT ordinal AS id, attributes || jsonb_build_object(
      'zone', coalesce(zone, 'America/Chicago'), 'region', address_region, 'email', email) AS data
    FROM contact WHERE organization_id = $1;
  ALTER TABLE naive.contacts ADD PRIMARY KEY (id);
  CREATE UNLOGGED TABLE naive.events AS SELECT contact_ordinal AS contact, jsonb_build_object('type', type, 'at', at,
      'amount', amount, 'category', category, 'properties', properties) AS data
    FROM activity WHERE organization_id = $1;
  CREATE VIEW naive.contact AS SELECT id AS ordinal, data ->> 'zone' AS zone, data ->> 'region' AS region,
    data ->> 'city' AS city, (data ->> 'age')::int AS age, data ->> 'tier' AS tier, (data ->> 'joined')::date AS joined,
    data ->> 'email' IS NOT NULL AS has_email FROM naive.contacts;
  CREATE VIEW naive.activity AS SELECT contact, data ->> 'type' AS type, (data ->> 'at')::timestamptz AS happened,
    (data ->> 'amount')::float8 AS amount, data ->> 'category' AS category, data -> 'properties' AS properties
    FROM naive.events;
  CREATE VIEW naive.contact_phone AS SELECT phone_id AS phone, contact_ordinal AS contact FROM public.contact_phone
    WHERE organization_id = $1;
  CREATE VIEW naive.call AS SELECT phone_id AS phone, at AS happened, outcome FROM public.call
    WHERE organization_id = $1;
  CREATE VIEW naive.consent_event AS SELECT phone_id AS phone, type, purposes, channels, at AS happened, valid_until
    FROM public.consent_event WHERE organization_id = $1;
  CREATE VIEW naive.opt_out AS SELECT contact_ordinal AS contact FROM public.opt_out
    JOIN public.contact_phone USING (organization_id, phone_id)
    WHERE organization_id = $1 AND scope = 'profiling';
  CREATE FUNCTION naive.list_contains(text[], text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $2 = ANY ($1)';
  CREATE FUNCTION naive.list_has_any(text[], text[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 && $2';
  CREATE FUNCTION naive.contains(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT strpos($1, $2) > 0';`.replaceAll(
    "organization_id = $1",
    `organization_id = '${organizationId}'::uuid`,
  );
