import { randomBytes } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { hashPassword } from "@ringfence/services/account/member";

/** An officer who reads the pages. */
export type Reader = { email: string; password: string };

/** Rows of an officer's daily work, besides the contacts, consents and calls of `loadOrganization`. */
export type OfficeSizes = { auditRows: number; screenings: number; complaints: number };

/**
 * Loads what officers look at, unless an earlier run did: audit rows and screenings of a year, and complaints. Returns
 * a member who may read all of it.
 */
export async function loadOffice(
  db: Db,
  organizationId: OrganizationId,
  sizes: OfficeSizes,
  say: (text: string) => void,
): Promise<Reader> {
  const { rowCount } = await db.pool.query(
    "SELECT FROM audit_entry WHERE organization_id = $1 AND actor ->> 'id' = 'bench-web' LIMIT 1",
    [organizationId],
  );
  if (rowCount === 0) {
    say(`loading ${JSON.stringify(sizes)}`);
    await loadRows(db, organizationId, sizes);
  }
  return makeReader(db, organizationId);
}

const actor = `'{"type":"job","id":"bench-web"}'`;

/** SQL for $2 rows with their number `i` and their time `at`, evenly over the past year, oldest first. */
const yearOfRows = `(
  SELECT i, now() - ($2::bigint - i) * (interval '365 days' / $2::bigint) AS at
  FROM generate_series(0, $2::bigint - 1) i) made
  JOIN person ON person.n = abs(hashint8(i)) % (SELECT count(*) FROM person)`;

const screenings = `
  INSERT INTO screening (organization_id, id, phone_id, seller_id, purpose, dialer, at, verdict, refusals, warnings,
    checked, actor)
  SELECT $1, uuid7(), person.id, seller.id, 'marketing', 'live_agent', at,
    CASE WHEN i % 3 = 0 THEN 'refuse' ELSE 'allow' END::"Verdict",
    CASE WHEN i % 3 = 0 THEN '[{"reason":"opted-out"}]' ELSE '[]' END::jsonb, '[]', '{}', ${actor}
  FROM ${yearOfRows}
  CROSS JOIN (SELECT id FROM seller WHERE organization_id = $1) seller
  ORDER BY i`;

const auditRows = `
  INSERT INTO audit_entry (organization_id, id, actor, action, phone_id, details, at)
  SELECT $1, uuid7(), ${actor},
    (ARRAY['phone.read', 'opt-out.record', 'consent.record', 'contact.read', 'campaign.change'])[1 + i % 5],
    CASE WHEN i % 5 < 3 THEN person.id END, '{}', at
  FROM ${yearOfRows}
  ORDER BY i`;

const complaints = `
  INSERT INTO complaint (organization_id, id, phone_id, text, source, received_at, search_from, search_until, due_at,
    due_rule, decision, decided_at, decided_by)
  SELECT $1, uuid7(), person.id, 'They called again.', 'page', at, at - interval '30 days', at, at + interval '30 days',
    'own', CASE WHEN isDecided THEN 'upheld' END, CASE WHEN isDecided THEN at + interval '9 days' END,
    CASE WHEN isDecided THEN ${actor}::jsonb END
  FROM ${yearOfRows}
  CROSS JOIN LATERAL (SELECT at < now() - interval '30 days' AS isDecided) decided
  ORDER BY i`;

async function loadRows({ pool }: Db, organizationId: OrganizationId, sizes: OfficeSizes) {
  const client = await pool.connect();
  try {
    // The rows are consistent by construction, so foreign keys need no check.
    await client.query("SET session_replication_role = replica");
    await client.query(
      `CREATE TEMP TABLE person AS
       SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM phone WHERE organization_id = '${organizationId}'`,
    );
    await client.query("CREATE INDEX ON person (n)");
    await client.query("ANALYZE person");
    await client.query(screenings, [organizationId, sizes.screenings]);
    await client.query(complaints, [organizationId, sizes.complaints]);
    // Last, because an earlier run is known by them.
    await client.query(auditRows, [organizationId, sizes.auditRows]);
    await client.query("VACUUM ANALYZE screening, audit_entry, complaint");
  } finally {
    client.release(true);
  }
}

const email = "officer@bench.example";

async function makeReader({ prisma }: Db, organizationId: OrganizationId): Promise<Reader> {
  const password = randomBytes(12).toString("base64url");
  const passwordHash = await hashPassword(password);
  const { count } = await prisma.member.updateMany({
    where: { organizationId, email },
    data: { passwordHash },
  });
  if (count === 0)
    await prisma.member.create({
      data: { organizationId, email, name: "Officer", passwordHash, role: "owner" },
    });
  return { email, password };
}
