import { randomInt } from "node:crypto";
import { type Client, DatabaseError } from "pg";
import { z } from "zod";
import { CannotStart } from "./postgres/cannot-start.ts";
import { checkServer, connected } from "./postgres/check-server.ts";

/**
 * Lets the role of `url` do the work of the service on a migrated database, and nothing else: it reads and writes rows,
 * but owns nothing, so it can neither change tables nor disable their triggers. Makes the role if it is missing, with
 * the password of `url`; a role that exists keeps its own.
 *
 * @throws CannotStart if the role cannot be made, has more power than the service needs, or works on another database
 */
export async function openToService(ownerUrl: string, url: string) {
  const role = decodeURIComponent(new URL(url).username);
  if (role === "")
    throw new CannotStart("DATABASE_URL names no role: postgresql://role:password@…");
  await connected(ownerUrl, async (client) => {
    await makeRole(client, role, decodeURIComponent(new URL(url).password));
    await client.query("BEGIN");
    // Several hosts may start at once, and two grants on one table would disturb each other.
    await client.query("SELECT pg_advisory_xact_lock(hashtext('ringfence service role'))");
    await assertLimited(client, role);
    await grantMissing(client, role);
    await assertNoCreate(client, role);
    await client.query("COMMIT");
    await assertSameDatabase(client, url);
  });
}

async function makeRole(client: Client, role: string, password: string) {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
  if (rowCount !== 0) return;
  const statement = `CREATE ROLE ${client.escapeIdentifier(role)} LOGIN`;
  const secret = password === "" ? "" : ` PASSWORD ${client.escapeLiteral(password)}`;
  await client.query(statement + secret).catch((error: unknown) => {
    // Another host was first.
    if (error instanceof DatabaseError && /^(42710|23505)$/.test(error.code ?? "")) return;
    throw new CannotStart(
      `The role “${role}” of DATABASE_URL does not exist, and the role of DATABASE_OWNER_URL may not create it. Run this as a PostgreSQL administrator: ${statement} PASSWORD '…'`,
      { cause: error },
    );
  });
}

async function assertLimited(client: Client, role: string) {
  const excess = await findExcess(client, role);
  if (excess === null) return;
  throw new CannotStart(
    `The role “${role}” of DATABASE_URL ${excess}. Give DATABASE_URL a separate role that can only log in, and use the owner in DATABASE_OWNER_URL.`,
  );
}

const Powers = z.tuple([z.object({ excess: z.string().nullable() })]);

/** Says what a role may do that the service must not; null if there is nothing. */
async function findExcess(client: Client, role: string): Promise<string | null> {
  const { rows } = await client.query(
    `SELECT CASE
       WHEN rolsuper THEN 'is a superuser'
       WHEN rolbypassrls THEN 'has BYPASSRLS'
       WHEN rolcreaterole THEN 'has CREATEROLE'
       WHEN EXISTS (
         SELECT FROM pg_class WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = ANY ($2))
           AND pg_has_role($1::name, relowner, 'MEMBER')) THEN 'owns tables, or may act as their owner'
       WHEN EXISTS (
         SELECT FROM pg_database WHERE datname = current_database()
           AND pg_has_role($1::name, datdba, 'MEMBER')) THEN 'owns the database, or may act as its owner'
       WHEN EXISTS (
         SELECT FROM pg_namespace WHERE nspname = ANY ($2)
           AND pg_has_role($1::name, nspowner, 'MEMBER')) THEN 'owns a schema, or may act as its owner'
     END AS excess
     FROM pg_roles WHERE rolname = $1`,
    [role, schemas],
  );
  return Powers.parse(rows)[0].excess;
}

/** Returns the role of the service if the server does not have it yet, as before the first start; null if it has. */
export const findMissingRole = (ownerUrl: string, url: string) =>
  connected(ownerUrl, async (client) => {
    const role = decodeURIComponent(new URL(url).username);
    const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    return rowCount === 0 ? role : null;
  });

/** Says, in the words of `findExcess`, why the role of a migrated database is not one for the service alone. */
export const findServiceExcess = (url: string) =>
  connected(url, async (client) => {
    const { rows } = await client.query("SELECT current_user AS role");
    return findExcess(client, Role.parse(rows)[0].role);
  });

const Role = z.tuple([z.object({ role: z.string() })]);

const schemas = ["public", "ledger", "vault", "graphile_worker"];

const Statements = z.array(z.object({ statement: z.string() }));

/**
 * Grants what a new version needs, and only that: a grant that is there already would still write to the catalog.
 * Append-only tables guard themselves, by triggers that only their owner can disable; the right to update is also the
 * right to lock a row. The queue has row-level security without a policy, which hides every job from all but its owner.
 */
async function grantMissing(client: Client, role: string) {
  const { rows } = await client.query(
    `SELECT format('GRANT USAGE ON SCHEMA %I TO %I', nspname, $1::text) AS statement
     FROM pg_namespace
     WHERE nspname = ANY ($2) AND NOT has_schema_privilege($1, oid, 'USAGE')
     UNION ALL
     SELECT format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', nspname)
     FROM pg_namespace WHERE nspname = ANY ($2) AND has_schema_privilege($1, oid, 'CREATE')
     UNION ALL
     SELECT format('GRANT %s ON %s TO %I', string_agg(privilege, ', '), pg_class.oid::regclass, $1::text)
     FROM pg_class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege
     WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = ANY ($2)) AND relkind IN ('r', 'p', 'v')
       AND (privilege = 'SELECT' OR relkind <> 'v' AND relname NOT IN ('_prisma_migrations', 'migrations'))
       AND NOT has_table_privilege($1, pg_class.oid, privilege)
     GROUP BY pg_class.oid
     UNION ALL
     SELECT format('GRANT USAGE ON SEQUENCE %s TO %I', oid::regclass, $1::text)
     FROM pg_class
     WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = ANY ($2)) AND CASE relkind
         WHEN 'S' THEN NOT has_sequence_privilege($1, oid, 'USAGE') ELSE false END
     UNION ALL
     SELECT format('CREATE POLICY ringfence_service ON %s USING (true)', oid::regclass)
     FROM pg_class
     WHERE relnamespace = 'graphile_worker'::regnamespace AND relrowsecurity
       AND NOT EXISTS (
         SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'ringfence_service')`,
    [role, schemas],
  );
  for (const { statement } of Statements.parse(rows)) await client.query(statement);
}

/** Refuses a role that may still create objects in a schema: by a grant of its own, or because another role owns it. */
async function assertNoCreate(client: Client, role: string) {
  const { rowCount } = await client.query(
    `SELECT FROM pg_namespace WHERE nspname = ANY ($2) AND has_schema_privilege($1, oid, 'CREATE')`,
    [role, schemas],
  );
  if (rowCount === 0) return;
  throw new CannotStart(
    `The role “${role}” of DATABASE_URL may create tables. Run this as a PostgreSQL administrator, for each of the schemas ${schemas.join(", ")}: REVOKE CREATE ON SCHEMA … FROM PUBLIC, ${client.escapeIdentifier(role)}`,
  );
}

/** Locks belong to a database: if the service can take the one that the owner holds, it works on another. */
async function assertSameDatabase(owner: Client, url: string) {
  await checkServer(url);
  const lock = String(randomInt(2 ** 47));
  await owner.query("SELECT pg_advisory_lock($1::bigint)", [lock]);
  const isElsewhere = await connected(url, async (service) => {
    const { rows } = await service.query("SELECT pg_try_advisory_lock($1::bigint) AS taken", [
      lock,
    ]);
    return Taken.parse(rows)[0].taken;
  });
  if (!isElsewhere) return;
  throw new CannotStart(
    "DATABASE_URL and DATABASE_OWNER_URL name two different databases: correct one of them.",
  );
}

const Taken = z.tuple([z.object({ taken: z.boolean() })]);
