import { OrganizationId, SellerId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { loadBare, rebuildIndexes } from "./load-bare.ts";

/** Instant of all counts, so that every run finds the same people. */
export const shopNow = new Date("2026-11-25T12:00:00Z");
/** The seller that the rules name. */
export const shopSeller = SellerId.parse("00000000-0000-7000-8000-000000000001");

export type ShopSizes = { contacts: number; activities: number };
export const shopSizes = (scale: number): ShopSizes => ({
  contacts: Math.round(1_000_000 * scale),
  activities: Math.round(10_000_000 * scale),
});

/** Loads a shop with so many customers and a year of their activities, or finds one that was loaded before. */
export async function loadShop(db: Db, sizes: ShopSizes, say: (text: string) => void) {
  await rebuildIndexes(db);
  const organizationId = await findOrLoad(db, sizes, say);
  await rebuildIndexes(db);
  // Vacuum as autovacuum leaves a table at rest: the first run after a load skips some pages.
  await db.pool.query("VACUUM (ANALYZE)");
  return organizationId;
}

/** Loads it without most indexes, which take half of the disk: enough for reading everything into columns. */
export async function loadBareShop(db: Db, sizes: ShopSizes, say: (text: string) => void) {
  const organizationId = await findOrLoad(db, sizes, say);
  // These indexes show which fields can be queried.
  await rebuildIndexes(db, ["contact_attribute_text", "contact_attribute_number"]);
  await db.pool.query("ANALYZE");
  return organizationId;
}

async function findOrLoad(db: Db, sizes: ShopSizes, say: (text: string) => void) {
  const name = `shop ${JSON.stringify(sizes)}`;
  const existing = await db.prisma.organization.findFirst({ where: { name } });
  if (existing) return OrganizationId.parse(existing.id);

  const { id } = await db.prisma.organization.create({
    data: { name: "loading", homeRegion: "US", zone: "America/Chicago" },
  });
  await db.prisma.seller.create({
    data: { organizationId: id, id: shopSeller, key: "acme", name: "Acme", sector: "other" },
  });
  await db.prisma.purpose.createMany({
    data: ["marketing", "marketing.loans"].map((key) => ({
      organizationId: id,
      key,
      name: key,
      kind: "promotional",
    })),
  });
  const texts = (steps: Record<string, string>) =>
    Object.entries(steps).map(([what, text]) => ({
      what,
      text: text.replaceAll("$1", `'${id}'::uuid`),
    }));
  const first = texts(peopleSql(sizes));
  await loadBare(db, { first, lanes: [texts(activitySql(sizes)), texts(factsSql(sizes))] }, say);
  await db.prisma.organization.update({ where: { id }, data: { name } });
  return OrganizationId.parse(id);
}

/** SQL for a number below `below` that is the same at every run for `mix(n, salt, below)`. */
const mix = (n: string, salt: number, below: number) =>
  `(abs(hashint8extended((${n})::bigint, ${salt})) % ${below})`;
const pick = (n: string, salt: number, values: readonly string[]) =>
  `(ARRAY['${values.join("','")}'])[1 + ${mix(n, salt, values.length)}]`;
/** SQL for an object of texts. Building it as text takes a third of the time of the JSON functions. */
const json = (fields: Record<string, string>) => {
  const told = Object.entries(fields).map(([name, value]) => `'"${name}":"' || ${value} || '"'`);
  return `('{' || ${told.join(` || ',' || `)} || '}')`;
};
const now = `timestamptz '${shopNow.toISOString()}'`;
/** SQL for a number of which small values are common: the square of an evenly distributed one. */
const skewed = (n: string, salt: number, below: number) => {
  const steps = Math.max(1_000_000, below);
  const square = `(${mix(n, salt, steps)}) * (${mix(n, salt, steps)})`;
  return below < steps
    ? `(${square} * ${below} / ${steps}::bigint / ${steps})`
    : `(${square} / ${below})`;
};

const zones = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"];
const regions = [
  "US-TX",
  "US-CA",
  "US-NY",
  "US-FL",
  "US-IL",
  "US-PA",
  "US-OH",
  "US-GA",
  "US-NC",
  "US-MI",
];
const categories =
  "garden tools office toys books kitchen sports music pets auto health beauty shoes kids travel food phones lamps paint wood".split(
    " ",
  );

const peopleSql = ({ contacts }: ShopSizes): Record<string, string> => ({
  contacts: `INSERT INTO contact (organization_id, id, external_id, email, zone, address_region, attributes,
      created_at, updated_at)
    SELECT $1, uuid7(), 'c' || i, CASE WHEN ${mix("i", 1, 10)} < 7 THEN 'c' || i || '@example.org' END,
      CASE WHEN ${mix("i", 2, 10)} > 0 THEN ${pick("i", 3, zones)} END, ${pick("i", 4, regions)},
      jsonb_build_object('city', 'city-' || ${skewed("i", 5, 200)}, 'age', 16 + ${mix("i", 6, 70)},
        'tier', CASE ${mix("i", 7, 20)} WHEN 0 THEN 'platinum' WHEN 1 THEN 'gold' ELSE 'basic' END,
        'joined', to_char(date '2026-11-25' - ${skewed("i", 8, 2_000)}::int, 'YYYY-MM-DD')),
      ${now}, ${now}
    FROM generate_series(1, ${contacts}) AS i`,
  person: `DROP TABLE IF EXISTS person; CREATE UNLOGGED TABLE person AS
    SELECT substr(external_id, 2)::bigint AS n, id, ordinal, uuid7() AS phone_id FROM contact
    WHERE organization_id = $1;
    CREATE UNIQUE INDEX ON person (n) INCLUDE (ordinal, phone_id); ANALYZE person;
    DO $do$ BEGIN ASSERT (SELECT count(DISTINCT ordinal - n) = 1 FROM person), 'people in a row'; END $do$`,
});

const activitySql = ({ contacts, activities }: ShopSizes): Record<string, string> => ({
  activities: `INSERT INTO activity (organization_id, type, key, contact_ordinal, at, amount, category,
      properties, recorded_at)
    SELECT $1, type, 'k' || i, before + who, at, amount, category,
      (CASE type WHEN 'visit' THEN ${json({ page: "page" })}
        WHEN 'purchase' THEN '{"order":"o' || i || '","items":[{"quantity":1,"name":"' || thing ||
          '","category":"' || category || '"}]}'
        WHEN 'call-outcome' THEN ${json({ outcome: "outcome" })}
        WHEN 'preference' THEN ${json({ topic: "topic", value: "value" })}
        ELSE ${json({ source: "source" })} END)::jsonb, at
    FROM (SELECT i, ${now} - interval '365 days' * ((${activities} - i)::float8 / ${activities}) AS at,
        CASE WHEN kind < 60 THEN 'visit' WHEN kind < 85 THEN 'purchase' WHEN kind < 90 THEN 'call-outcome'
          WHEN kind < 95 THEN 'sign-up' ELSE 'preference' END AS type,
        CASE WHEN kind >= 60 AND kind < 85 THEN (100 + ${skewed("i", 11, 30_000)})::float8 END AS amount,
        CASE WHEN kind >= 60 AND kind < 85 THEN ${pick("i", 12, categories)} END AS category,
        1 + ${skewed("i", 13, contacts)} AS who,
        ${pick("i", 14, ["/", "/shop", "/checkout", "/help", "/blog", "/cart", "/sale", "/about"])} AS page,
        ${pick("i", 15, ["drill bits", "cordless drill", "hammer", "saw", "tape", "glue", "nails", "rope"])} AS thing,
        ${pick("i", 16, ["accepted", "refused", "refused", "callback", "no interest"])} AS outcome,
        ${pick("i", 17, ["time", "brand", "channel"])} AS topic,
        ${pick("i", 18, ["evening", "morning", "noon"])} AS value,
        ${pick("i", 19, ["mail", "search", "friend"])} AS source
      FROM (SELECT i, ${mix("i", 10, 100)} AS kind FROM generate_series(1, ${activities}) AS i OFFSET 0) AS made) AS made
    CROSS JOIN (SELECT min(ordinal - n) AS before FROM person) AS person`,
  rollups: `INSERT INTO activity_rollup (organization_id, type, contact_ordinal, count, amount, priced, first_at, last_at)
    SELECT organization_id, type, contact_ordinal, count(*), coalesce(sum(amount), 0), count(amount), min(at), max(at)
    FROM activity WHERE organization_id = $1 GROUP BY 1, 2, 3`,
  preferences: `INSERT INTO preference_rollup (organization_id, contact_ordinal, topic, value, at, key)
    SELECT DISTINCT ON (contact_ordinal, topic) organization_id, contact_ordinal, properties ->> 'topic' AS topic,
      properties ->> 'value', at, key
    FROM activity WHERE organization_id = $1 AND type = 'preference'
    ORDER BY contact_ordinal, topic, at DESC, key COLLATE "C" DESC`,
});

/** Facts about people besides their activities. */
const factsSql = ({ contacts }: ShopSizes): Record<string, string> => ({
  attributes: `INSERT INTO contact_attribute (organization_id, contact_ordinal, field, text, number)
    SELECT organization_id, ordinal, field, text, number FROM contact,
      values_of_contact(attributes, name, email, locale, zone, address_region, called_party)
    WHERE organization_id = $1`,
  phones: `INSERT INTO phone (organization_id, id, e164)
    SELECT $1, phone_id, '+1' || (2000000000 + n) FROM person;
    INSERT INTO contact_phone (organization_id, contact_id, phone_id, contact_ordinal)
    SELECT $1, id, phone_id, ordinal FROM person`,
  calls: `INSERT INTO call (organization_id, id, phone_id, seller_id, purpose, at, outcome, recorded_at)
    SELECT $1, uuid7(), phone_id, '${shopSeller}', 'marketing', at, outcome, at
    FROM (SELECT i, ${now} - ${mix("i", 20, 365 * 86_400)} * interval '1 second' AS at,
        ${pick("i", 21, ["reached", "busy", "no_answer"])} AS outcome, 1 + ${skewed("i", 22, contacts)} AS who
      FROM generate_series(1, ${contacts}) AS i) AS made
    JOIN person ON person.n = who ORDER BY at`,
  consents: `INSERT INTO consent_event (organization_id, id, consent_id, phone_id, seller_id, type, purposes, channels,
      elements, is_written, is_proven, at, valid_until, source, recorded_at, actor)
    SELECT $1, uuid7(), uuid7(), phone_id, '${shopSeller}',
      CASE WHEN ${mix("i", 30, 12)} = 0 THEN 'withdrawn' WHEN ${mix("i", 30, 12)} = 1 THEN 'requested'
        ELSE 'granted' END::"ConsentEventType",
      ARRAY[${pick("i", 31, ["marketing", "marketing.loans", "survey"])}],
      CASE WHEN ${mix("i", 32, 5)} = 0 THEN ARRAY['sms'] ELSE ARRAY['voice_live','sms'] END,
      '{}', true, false, at, CASE WHEN ${mix("i", 33, 3)} = 0 THEN at + interval '1 year' END, 'website_form', at,
      '{}'
    FROM (SELECT i, ${now} - ${mix("i", 34, 900 * 86_400)} * interval '1 second' AS at,
        1 + ${mix("i", 35, contacts)} AS who FROM generate_series(1, ${Math.round(contacts * 0.8)}) AS i) AS made
    JOIN person ON person.n = who ON CONFLICT DO NOTHING`,
  "refusals of profiling": `INSERT INTO opt_out (organization_id, id, phone_id, scope, channel, at, recorded_at, reference, actor)
    SELECT $1, uuid7(), phone_id, 'profiling', 'web', ${now}, ${now}, 'p' || n, '{}'
    FROM person WHERE ${mix("n", 40, 100)} = 0`,
});
