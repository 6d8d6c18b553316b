import { once } from "node:events";
import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import type { Installation } from "@ringfence/services/context";
import { authenticateRows } from "@ringfence/services/testing/authenticate-rows";
import type { PoolClient } from "pg";
import { from } from "pg-copy-streams";
import { usPhones } from "./generators/us-phones.ts";
import { loadRegistry } from "./load-registry.ts";

export type Sizes = {
  contacts: number;
  consents: number;
  optOuts: number;
  calls: number;
  registry: number;
};

/** Sizes of the measurements that set our targets, scaled, with a registry of the given size. */
export const scaledSizes = (scale: number, registry: number): Sizes => ({
  contacts: 1_000_000 * scale,
  consents: 2_000_000 * scale,
  optOuts: 600_000 * scale,
  calls: 5_000_000 * scale,
  registry: registry * scale,
});

/** Loads an organization of these sizes, or finds one that was loaded before. */
export async function loadOrganization(
  { db, keys }: Pick<Installation, "db" | "keys">,
  sizes: Sizes,
  say: (text: string) => void,
  use = "",
): Promise<OrganizationId> {
  const name = use + JSON.stringify(sizes);
  const existing = await db.prisma.organization.findFirst({ where: { name } });
  if (existing) return OrganizationId.parse(existing.id);

  say(`loading ${name}`);
  const { id } = await db.prisma.organization.create({
    data: {
      name: "loading",
      homeRegion: "US",
      sellers: { create: { key: "acme", name: "Acme", sector: "other" } },
      purposes: { create: [{ key: "marketing", name: "Marketing", kind: "promotional" }] },
    },
  });
  const organizationId = OrganizationId.parse(id);
  await loadRegistry(db, organizationId, "US-FTC-DNC", sizes.registry);
  await loadPeople(db, organizationId, sizes);
  await authenticateRows({ db, keys }, organizationId);
  await db.pool.query("VACUUM ANALYZE consent_event");
  await db.prisma.organization.update({ where: { id }, data: { name } });
  return organizationId;
}

async function loadPeople({ pool }: Db, organizationId: OrganizationId, sizes: Sizes) {
  const client = await pool.connect();
  try {
    // Skip the check of foreign keys, which would take an hour; the rows are consistent by
    // construction.
    await client.query("SET session_replication_role = replica");
    await client.query(
      "CREATE TEMP TABLE number (n bigint GENERATED ALWAYS AS IDENTITY (START 0 MINVALUE 0), e164 text)",
    );
    const sink = client.query(from("COPY number (e164) FROM STDIN"));
    for (const digits of usPhones(sizes.contacts, 7)) {
      if (!sink.write(`+${digits}\n`)) await once(sink, "drain");
    }
    sink.end();
    await once(sink, "finish");
    await client.query(
      "CREATE TEMP TABLE person AS SELECT n, e164, uuid7() AS phone_id, uuid7() AS contact_id FROM number",
    );
    await client.query("CREATE INDEX ON person (n); ANALYZE person");
    await withoutIndexes(client, "call", async () => {
      for (const statement of statements) {
        const { text, count } = statement(sizes);
        await client.query(text, count === null ? [organizationId] : [organizationId, count]);
      }
    });
    await client.query("VACUUM ANALYZE");
  } finally {
    client.release(true);
  }
}

/**
 * Rebuilds the indexes of a table after its rows are loaded; maintaining them row by row takes most
 * of the time.
 */
async function withoutIndexes(client: PoolClient, table: string, work: () => Promise<void>) {
  await client.query("BEGIN; SET LOCAL maintenance_work_mem = '512MB'");
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index WHERE indrelid = $1::regclass AND NOT indisprimary`,
    [table],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  await work();
  for (const { definition } of rows) await client.query(definition);
  await client.query("COMMIT");
}

const regions = `ARRAY['US-TX','US-CA','US-NY','US-FL','US-IL','US-PA','US-OH','US-GA','US-NC','US-MI']`;
const actor = `'{"type":"job","id":"bench"}'`;

/** SQL for a number that is the same at every run for `mix(n, salt)`. */
const mix = (n: string, salt: number, below: number | string) =>
  `(abs(hashint8extended(${n}, ${salt})) % ${below})`;

const statements: ((sizes: Sizes) => { text: string; count: number | null })[] = [
  () => ({
    count: null,
    text: `INSERT INTO phone (organization_id, id, e164) SELECT $1, phone_id, e164 FROM person`,
  }),
  () => ({
    count: null,
    text: `INSERT INTO contact (organization_id, id, address_region, created_at, updated_at)
      SELECT $1, contact_id, CASE WHEN ${mix("n", 1, 2)} = 0 THEN (${regions})[1 + ${mix("n", 2, 10)}] END, now(), now()
      FROM person`,
  }),
  () => ({
    count: null,
    text: `INSERT INTO contact_phone (organization_id, contact_id, phone_id) SELECT $1, contact_id, phone_id FROM person`,
  }),
  ({ consents, contacts }) => ({
    count: consents,
    text: `INSERT INTO consent_event (organization_id, id, consent_id, phone_id, seller_id, type, purposes, channels,
        elements, is_written, is_proven, at, valid_until, source, recorded_at, actor)
      SELECT $1, uuid7(), uuid7(), phone_id, seller.id,
        CASE ${mix("i", 3, 20)} WHEN 0 THEN 'withdrawn' WHEN 1 THEN 'requested' ELSE 'granted' END::"ConsentEventType",
        '{marketing}', '{voice_live,voice_autodialed}', '{seller_identity,purpose,signature}',
        ${mix("i", 4, 4)} > 0, false, at,
        CASE WHEN ${mix("i", 5, 10)} = 0 THEN at + interval '2 years' END, 'website_form', at, ${actor}
      FROM (SELECT i, now() - ${mix("i", 6, 1000)} * interval '1 day' - ${mix("i", 7, 86_400_000)} * interval '1 millisecond' AS at
        FROM generate_series(0, $2::bigint - 1) i) made
      JOIN person ON person.n = ${mix("i", 8, contacts)}
      CROSS JOIN (SELECT id FROM seller WHERE organization_id = $1) seller
      ON CONFLICT DO NOTHING`,
  }),
  ({ optOuts, contacts }) => ({
    count: optOuts,
    text: `INSERT INTO opt_out (organization_id, id, phone_id, scope, purpose, channel, at, recorded_at, reference, actor)
      SELECT $1, uuid7(), phone_id, CASE WHEN ${mix("i", 9, 5)} = 0 THEN 'purpose' ELSE 'all' END::"OptOutScope",
        CASE WHEN ${mix("i", 9, 5)} = 0 THEN 'survey' END, 'api', at, at, 'bench-' || i, ${actor}
      FROM (SELECT i, now() - ${mix("i", 10, 700)} * interval '1 day' AS at FROM generate_series(0, $2::bigint - 1) i) made
      JOIN person ON person.n = ${mix("i", 11, contacts)}`,
  }),
  ({ calls, contacts }) => ({
    count: calls,
    text: `INSERT INTO call (organization_id, id, phone_id, seller_id, purpose, at, recorded_at)
      SELECT $1, uuid7(), phone_id, seller.id, 'marketing', at, at
      FROM (SELECT i, now() - ${mix("i", 12, 365)} * interval '1 day' - ${mix("i", 13, 86_400)} * interval '1 second' AS at
        FROM generate_series(0, $2::bigint - 1) i) made
      JOIN person ON person.n = ${mix("i", 14, contacts)}
      CROSS JOIN (SELECT id FROM seller WHERE organization_id = $1) seller`,
  }),
];
