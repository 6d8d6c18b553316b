import type { OrganizationId } from "@ringfence/core/ids";
import { escapeLiteral } from "pg";

/** What to COPY; COPY takes no parameters, and these texts are ours alone. */
export function columnQueries(organizationId: OrganizationId) {
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
    /** Of who was erased no sums are kept either: what they did is counted for nobody. */
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

/** Properties that nearly every activity has another value of (an order's number), from a look at some. */
export const uniqueProperties = `
  SELECT key AS name FROM (
    SELECT type, properties FROM activity WHERE organization_id = $1 LIMIT 20000
  ) AS seen, jsonb_each(properties) WHERE jsonb_typeof(value) <> 'array'
  GROUP BY type, key HAVING count(DISTINCT value) > 1000 AND 2 * count(DISTINCT value) > count(*)`;
