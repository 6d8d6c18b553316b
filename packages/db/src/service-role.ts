import { randomInt } from "node:crypto";
import { type Client, DatabaseError } from "pg";
import { z } from "zod";
import { CannotStart } from "./postgres/cannot-start.ts";
import { checkServer, withConnection } from "./postgres/check-server.ts";
import { readRole, toAcrossUrl } from "./across-role.ts";

/**
 * Lets the role of `url`, and the one that works for all organizations, do the work of the service on a migrated
 * database, and nothing else: they read and write rows, but own nothing, so they can neither change tables nor disable
 * their triggers. Creates a role that is missing, with the password of its address. `givenAcrossUrl` is the address that
 * the operator set (DATABASE_ACROSS_URL); without it, the address is made from `url`.
 *
 * @throws CannotStart if a role cannot be created, has more power than the service needs, or works on another database
 */
export async function grantServiceAccess(ownerUrl: string, url: string, givenAcrossUrl?: string) {
  const acrossUrl = givenAcrossUrl ?? toAcrossUrl(url);
  const [role, across] = [readRole(url), readRole(acrossUrl)];
  if (role === "")
    throw new CannotStart("DATABASE_URL names no role: postgresql://role:password@…");
  if (role === across)
    throw new CannotStart(
      `DATABASE_URL and DATABASE_ACROSS_URL name the same role, “${role}”. Create another role for DATABASE_ACROSS_URL that can only log in.`,
    );
  const acrossSetting = givenAcrossUrl === undefined ? "DATABASE_URL" : "DATABASE_ACROSS_URL";
  const roles = [
    { name: role, address: url, setting: "DATABASE_URL", seesAll: false },
    { name: across, address: acrossUrl, setting: acrossSetting, seesAll: true },
  ];
  if (Buffer.byteLength(across) > longestName)
    throw new CannotStart(
      `The role “${role}” of DATABASE_URL has too long a name: “${across}” has to fit into ${longestName} bytes.`,
    );
  await withConnection(ownerUrl, async (client) => {
    for (const { address } of roles) await createRoleIfMissing(client, address);
    if (givenAcrossUrl === undefined) await setAcrossPassword(client, acrossUrl);
    await client.query("BEGIN");
    // Several hosts may start at once, and two grants on one table would disturb each other.
    await client.query("SELECT pg_advisory_xact_lock(hashtext('ringfence service role'))");
    await guardQueue(client);
    for (const each of roles) await assertLimited(client, each);
    for (const each of roles) {
      await grantMissing(client, each.name);
      await assertNoCreate(client, each);
    }
    await admitAcross(client, across);
    await client.query("COMMIT");
    for (const each of roles) await assertSameDatabase(client, each);
  });
}

/** PostgreSQL cuts a longer name without an error. */
const longestName = 63;

type ServiceRole = {
  name: string;
  address: string;
  /** The setting that an operator corrects if something is wrong with the role. */
  setting: string;
  /** True for the role that works for all organizations. */
  seesAll: boolean;
};

async function createRoleIfMissing(client: Client, url: string) {
  const [role, password] = [readRole(url), decodeURIComponent(new URL(url).password)];
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
  if (rowCount !== 0) return;
  const statement = `CREATE ROLE ${client.escapeIdentifier(role)} LOGIN`;
  const secret = password === "" ? "" : ` PASSWORD ${client.escapeLiteral(password)}`;
  await client.query(statement + secret).catch((error: unknown) => {
    // Another host was first.
    if (error instanceof DatabaseError && /^(42710|23505)$/.test(error.code ?? "")) return;
    throw new CannotStart(
      `The role “${role}” of the service does not exist, and the role of DATABASE_OWNER_URL may not create it. Run this as a PostgreSQL administrator, with a password: ${statement}`,
      { cause: error },
    );
  });
}

/**
 * Sets the password of the role for all organizations if the server refuses the one in `url`, which was made from the
 * password of the service: that one may have changed. Never for an address that an operator set, because a typing error
 * would change the password of whatever role it names.
 */
async function setAcrossPassword(client: Client, url: string) {
  const isRefused = await withConnection(url, () => Promise.resolve(false)).catch(
    (error: unknown) => {
      if (error instanceof DatabaseError && error.code === "28P01") return true;
      throw error;
    },
  );
  if (!isRefused) return;
  const role = client.escapeIdentifier(readRole(url));
  const password = client.escapeLiteral(decodeURIComponent(new URL(url).password));
  await client.query(`ALTER ROLE ${role} PASSWORD ${password}`).catch((error: unknown) => {
    throw new CannotStart(
      `The password of the role ${role} is not the one that is made from DATABASE_URL, and the role of DATABASE_OWNER_URL may not set it: drop that role, or set DATABASE_ACROSS_URL to its address.`,
      { cause: error },
    );
  });
}

/** Lets a role see the rows of every organization, and the whole queue of jobs. */
async function admitAcross(client: Client, role: string) {
  const { rows } = await client.query(
    `SELECT CASE WHEN across.oid IS NULL
       THEN format('CREATE POLICY across_organizations ON %s TO %I USING (true)', guarded.oid::regclass, $1::text)
       ELSE format('ALTER POLICY across_organizations ON %s TO %s, %I', guarded.oid::regclass,
         (SELECT string_agg(quote_ident(rolname), ', ') FROM pg_roles WHERE oid = ANY (across.polroles)), $1::text)
       END AS statement
     FROM pg_class AS guarded
     LEFT JOIN pg_policy AS across
       ON across.polrelid = guarded.oid AND across.polname = 'across_organizations'
     WHERE guarded.relrowsecurity
       AND guarded.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname = ANY ($2))
       AND NOT (SELECT oid FROM pg_roles WHERE rolname = $1) = ANY (coalesce(across.polroles, '{}'))
     UNION ALL
     SELECT format('GRANT EXECUTE ON FUNCTION scope.token TO %I', $1::text)
     WHERE NOT has_function_privilege($1, 'scope.token(uuid)', 'EXECUTE')`,
    [role, schemas],
  );
  for (const { statement } of Statements.parse(rows)) await client.query(statement);
}

async function assertLimited(client: Client, { name, setting, seesAll }: ServiceRole) {
  const excess = await findExcessPower(client, name, seesAll);
  if (excess === null) return;
  throw new CannotStart(
    `The role “${name}” of ${setting} ${excess}. Give ${setting} a separate role that can only log in, and use the owner in DATABASE_OWNER_URL.`,
  );
}

const Powers = z.tuple([z.object({ excess: z.string().nullable() })]);

/**
 * Says what a role may do that the service must not; null if there is nothing. `seesAll` is true for the role that may
 * see the rows of all organizations.
 */
async function findExcessPower(
  client: Client,
  role: string,
  seesAll = false,
): Promise<string | null> {
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
       WHEN NOT $3::boolean AND EXISTS (
         SELECT FROM pg_policy, unnest(polroles) AS admitted
         WHERE polname = 'across_organizations' AND pg_has_role($1::name, admitted, 'MEMBER'))
         THEN 'sees the rows of all organizations'
     END AS excess
     FROM pg_roles WHERE rolname = $1`,
    [role, schemas, seesAll],
  );
  return Powers.parse(rows)[0].excess;
}

/** Returns the role of the service if the server does not have it yet, as before the first start; null if it has. */
export const findMissingRole = (ownerUrl: string, url: string) =>
  withConnection(ownerUrl, async (client) => {
    const role = readRole(url);
    const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    return rowCount === 0 ? role : null;
  });

/**
 * Says, in the words of `findExcessPower`, why the role of a migrated database is not one for the service alone.
 * `seesAll` is true for the role that works for all organizations.
 */
export const findExcessPowerOfService = (url: string, { seesAll = false } = {}) =>
  withConnection(url, async (client) => {
    const { rows } = await client.query("SELECT current_user AS role");
    return findExcessPower(client, Role.parse(rows)[0].role, seesAll);
  });

const Role = z.tuple([z.object({ role: z.string() })]);

const schemas = ["public", "ledger", "vault", "graphile_worker"];

/** Functions of the policies; the service reads no table there. */
const functionSchemas = [...schemas, "scope"];

const Statements = z.array(z.object({ statement: z.string() }));

/**
 * Grants what a new version needs, and only that: a grant that is there already would still write to the catalog.
 * Append-only tables guard themselves, by triggers that only their owner can disable; the right to update is also the
 * right to lock a row.
 */
async function grantMissing(client: Client, role: string) {
  const { rows } = await client.query(
    `SELECT format('GRANT USAGE ON SCHEMA %I TO %I', nspname, $1::text) AS statement
     FROM pg_namespace
     WHERE nspname = ANY ($3) AND NOT has_schema_privilege($1, oid, 'USAGE')
     UNION ALL
     SELECT format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', nspname)
     FROM pg_namespace WHERE nspname = ANY ($3) AND has_schema_privilege($1, oid, 'CREATE')
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
`,
    [role, schemas, functionSchemas],
  );
  for (const { statement } of Statements.parse(rows)) await client.query(statement);
}

/**
 * Restricts the queue of jobs, which has row-level security without a policy: a transaction of an organization queues
 * and sees only the jobs of that organization. It may add the names of jobs and queues, and not change them. A new
 * version of the queue may bring its view back as it was.
 */
async function guardQueue(client: Client) {
  const { rows } = await client.query(
    `SELECT format('DROP POLICY %I ON %s', polname, polrelid::regclass) AS statement
     FROM pg_policy WHERE polname = 'ringfence_service'
     UNION ALL
     SELECT format('CREATE POLICY %I ON graphile_worker.%I %s', name, of_table, rule)
     FROM (VALUES
       ('of_organization', '_private_jobs',
         $$USING (payload ->> 'organizationId' = (SELECT scope.organization())::text)$$),
       ('readable', '_private_tasks', 'FOR SELECT USING (true)'),
       ('addable', '_private_tasks', 'FOR INSERT WITH CHECK (true)'),
       ('readable', '_private_job_queues', 'FOR SELECT USING (true)'),
       ('addable', '_private_job_queues', 'FOR INSERT WITH CHECK (true)')
     ) AS policy (name, of_table, rule)
     WHERE NOT EXISTS (
       SELECT FROM pg_policy
       WHERE polname = name AND polrelid = ('graphile_worker.' || of_table)::regclass)
     UNION ALL
     SELECT 'ALTER VIEW graphile_worker.jobs SET (security_invoker = true)'
     FROM pg_class
     WHERE oid = 'graphile_worker.jobs'::regclass
       AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)`,
  );
  for (const { statement } of Statements.parse(rows)) await client.query(statement);
}

/** Refuses a role that may still create objects in a schema: by a grant of its own, or because another role owns it. */
async function assertNoCreate(client: Client, { name, setting }: ServiceRole) {
  const { rowCount } = await client.query(
    `SELECT FROM pg_namespace WHERE nspname = ANY ($2) AND has_schema_privilege($1, oid, 'CREATE')`,
    [name, functionSchemas],
  );
  if (rowCount === 0) return;
  throw new CannotStart(
    `The role “${name}” of ${setting} may create tables. Run this as a PostgreSQL administrator, for each of the schemas ${schemas.join(", ")}: REVOKE CREATE ON SCHEMA … FROM PUBLIC, ${client.escapeIdentifier(name)}`,
  );
}

/**
 * Requires that a role's address names the database that the owner is connected to. Advisory locks belong to a database:
 * if the role can take one that the owner holds, it is connected to another.
 */
async function assertSameDatabase(owner: Client, { address, setting }: ServiceRole) {
  await checkServer(address, { setting });
  const lock = String(randomInt(2 ** 47));
  await owner.query("SELECT pg_advisory_lock($1::bigint)", [lock]);
  const isElsewhere = await withConnection(address, async (service) => {
    const { rows } = await service.query("SELECT pg_try_advisory_xact_lock($1::bigint) AS taken", [
      lock,
    ]);
    return Taken.parse(rows)[0].taken;
  });
  if (!isElsewhere) return;
  throw new CannotStart(
    `${setting} and DATABASE_OWNER_URL name two different databases: correct one of them.`,
  );
}

const Taken = z.tuple([z.object({ taken: z.boolean() })]);

export { findAcrossUrl, toAcrossUrl, waitForAcrossUrl } from "./across-role.ts";
