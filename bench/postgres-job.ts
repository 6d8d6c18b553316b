import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { from, to } from "pg-copy-streams";

/**
 * Does what a good SQL job does: COPY the file in, join the same facts (consent, opt-outs,
 * suppressions, calls, registry, and the hour in the zone of the area code), COPY the result out.
 */
export async function postgresJob(
  { pool }: Db,
  organizationId: OrganizationId,
  list: string,
  result: string,
) {
  const client = await pool.connect();
  try {
    await client.query(`
      CREATE TEMP TABLE list (n bigint GENERATED ALWAYS AS IDENTITY, id text, name text, phone text, city text, amount text);
      CREATE TEMP TABLE area_zone AS
        SELECT area, (ARRAY['America/New_York','America/Chicago','America/Denver','America/Los_Angeles'])[1 + area % 4] AS zone
        FROM generate_series(200, 999) area`);
    await pipeline(
      createReadStream(list),
      client.query(
        from("COPY list (id, name, phone, city, amount) FROM STDIN (FORMAT csv, HEADER)"),
      ),
    );
    await client.query("ANALYZE list");
    await pipeline(
      client.query(to(`COPY (${query(organizationId)}) TO STDOUT (FORMAT csv, HEADER)`)),
      createWriteStream(result),
    );
  } finally {
    client.release(true);
  }
}

const query = (organizationId: OrganizationId) => `
  WITH asked AS MATERIALIZED (
    SELECT n, list.id, name, list.phone, city, amount, regexp_replace(list.phone, '\\D', '', 'g')::bigint AS digits,
      phone.id AS phone_id
    FROM list
    LEFT JOIN phone ON phone.organization_id = '${organizationId}'
      AND phone.e164 = '+' || regexp_replace(list.phone, '\\D', '', 'g')
  ), consent AS (
    SELECT DISTINCT ON (phone_id) phone_id, type, valid_until FROM consent_event
    WHERE organization_id = '${organizationId}' AND 'marketing' = ANY (purposes)
      AND 'voice_live' = ANY (channels) AND at <= now()
    ORDER BY phone_id, at DESC
  ), refused AS (
    SELECT DISTINCT phone_id FROM opt_out WHERE organization_id = '${organizationId}' AND scope <> 'purpose'
  ), held AS (
    SELECT DISTINCT phone_id FROM suppression
    WHERE organization_id = '${organizationId}' AND at <= now() AND (until IS NULL OR until > now())
  ), called AS (
    SELECT phone_id FROM call WHERE organization_id = '${organizationId}' AND at > now() - interval '24 hours'
    GROUP BY phone_id HAVING count(*) >= 3
  ), judged AS (
    SELECT asked.*,
      concat_ws(' ',
        CASE WHEN refused.phone_id IS NOT NULL THEN 'opted-out' END,
        CASE WHEN held.phone_id IS NOT NULL THEN 'suppressed' END,
        CASE WHEN consent.type IS NULL THEN 'consent-missing'
          WHEN consent.type = 'withdrawn' THEN 'consent-withdrawn'
          WHEN consent.valid_until <= now() THEN 'consent-expired' END,
        CASE WHEN get_bit(bits, (digits % 10000)::int) = 1 THEN 'registry-listed' END,
        CASE WHEN called.phone_id IS NOT NULL THEN 'frequency-cap' END,
        CASE WHEN zone IS NULL THEN 'zone-unknown'
          WHEN (now() AT TIME ZONE zone)::time NOT BETWEEN '08:00' AND '21:00' THEN 'outside-calling-hours' END
      ) AS reasons
    FROM asked
    LEFT JOIN consent USING (phone_id)
    LEFT JOIN refused USING (phone_id)
    LEFT JOIN held USING (phone_id)
    LEFT JOIN called USING (phone_id)
    LEFT JOIN registry_block ON registry_block.organization_id = '${organizationId}'
      AND registry_id = (SELECT id FROM registry WHERE organization_id = '${organizationId}')
      AND block = digits / 10000
    LEFT JOIN area_zone ON area = digits / 10000000 % 1000
  )
  SELECT id, name, phone, city, amount, CASE reasons WHEN '' THEN 'allow' ELSE 'refuse' END AS verdict, reasons, n
  FROM judged ORDER BY n`;
