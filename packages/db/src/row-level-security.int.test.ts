import { aNumber, anOrganization, aPhone, openTestDb } from "@ringfence/db/testing";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const db = await openTestDb();

/** A connection of the service's role, for raw SQL. */
const service = new Client({ connectionString: db.url });
await service.connect();
afterAll(() => service.end());

const [ours, theirs] = [await anOrganization(db), await anOrganization(db)];
for (const organizationId of [ours, theirs]) await aPhone(db, organizationId);

/** Runs a statement in a transaction of an organization, or of none, and rolls it back unless asked not to. */
async function run(
  scope: string | null,
  statement: string,
  values: unknown[] = [],
  end: "COMMIT" | "ROLLBACK" = "ROLLBACK",
) {
  await service.query("BEGIN");
  try {
    if (scope !== null)
      await service.query("SELECT set_config('ringfence.scope', $1, true)", [scope]);
    return await service.query(statement, values);
  } finally {
    await service.query(end);
  }
}

/** Loads the token that opens the rows of an organization. Only the role for all organizations may ask for it. */
async function loadToken(organizationId: string): Promise<string> {
  const { rows } = await db.pool.query("SELECT scope.token($1) AS token", [organizationId]);
  return rows[0].token;
}
const [ourToken, theirToken] = [await loadToken(ours), await loadToken(theirs)];

it("has a policy on every table of an organization", async () => {
  const { rows } = await db.pool.query<{ name: string }>(`
    SELECT relname AS name FROM pg_class
    JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organization_id'
    WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'ledger'::regnamespace, 'vault'::regnamespace)
      AND NOT (relrowsecurity AND EXISTS (
        SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'of_organization'))
    ORDER BY name`);
  expect(rows).toEqual([]);
});

it("has no view that reads as its owner", async () => {
  const { rows } = await db.pool.query(`
    SELECT relname FROM pg_class
    WHERE relkind = 'v' AND relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)
      AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)`);
  expect(rows).toEqual([]);
});

it.each(["organization", "phone", "contact", "seller", "purpose"])(
  "shows nothing of %s to a statement that forgets its organization",
  async (table) => {
    expect((await db.pool.query(`SELECT FROM ${table}`)).rowCount).toBeGreaterThanOrEqual(2);
    expect((await run(null, `SELECT FROM ${table}`)).rowCount).toBe(0);
  },
);

it("shows an organization its own rows, and none of another, even if it asks for them", async () => {
  const { rows } = await run(ourToken, "SELECT DISTINCT organization_id AS id FROM phone");
  expect(rows).toEqual([{ id: ours }]);
  const asked = await run(ourToken, "SELECT FROM phone WHERE organization_id = $1", [theirs]);
  expect(asked.rowCount).toBe(0);
});

it("changes and deletes nothing of another organization", async () => {
  const changed = await run(
    ourToken,
    "UPDATE contact SET name = 'Eve' WHERE organization_id = $1",
    [theirs],
  );
  const deleted = await run(ourToken, "DELETE FROM contact WHERE organization_id = $1", [theirs]);
  expect([changed.rowCount, deleted.rowCount]).toEqual([0, 0]);
});

it.each([["another organization", ourToken] as const, ["no organization", null] as const])(
  "lets a transaction of %s insert nothing for an organization",
  async (_, from) => {
    const insert = "INSERT INTO phone (organization_id, id, e164) VALUES ($1, uuid7(), $2)";
    await expect(run(from, insert, [theirs, aNumber()])).rejects.toThrow(/row-level security/);
  },
);

describe("the lists of registries", () => {
  const bits = Buffer.alloc(1_250, 1);
  const insert = {
    registry_block:
      "INSERT INTO registry_block (organization_id, registry_id, block, bits) VALUES ($1, $1, 1, $2)",
    registry_change:
      "INSERT INTO registry_change (organization_id, registry_id, edition, block, lines) VALUES ($1, $1, 2, 1, $2)",
  };
  const tables = ["registry_block", "registry_change"] as const;
  const readTheirRows = async (table: (typeof tables)[number]) =>
    (await db.pool.query(`SELECT * FROM ${table} WHERE organization_id = $1`, [theirs])).rows;
  beforeAll(async () => {
    for (const table of tables) await db.pool.query(insert[table], [theirs, bits]);
  });

  it.each(tables)("keeps %s of another organization from being changed", async (table) => {
    const before = await readTheirRows(table);
    expect(before).toHaveLength(1);
    expect((await run(theirToken, `SELECT FROM ${table}`)).rowCount).toBe(1);
    await expect(run(ourToken, insert[table], [theirs, bits])).rejects.toThrow(
      /row-level security/,
    );
    for (const scope of [ourToken, null]) {
      for (const statement of [`UPDATE ${table} SET block = 2`, `DELETE FROM ${table}`]) {
        expect((await run(scope, statement, [], "COMMIT")).rowCount).toBe(0);
      }
    }
    expect(await readTheirRows(table)).toEqual(before);
    expect((await run(ourToken, insert[table], [ours, bits])).rowCount).toBe(1);
  });
});

it("lets a transaction of an organization take nothing off the queue for the collector", async () => {
  await db.pool.query("INSERT INTO syslog_collector DEFAULT VALUES");
  await run(
    ourToken,
    `INSERT INTO audit_entry (organization_id, id, actor, action, details, at)
     VALUES ($1, uuid7(), '{}', 'contact.read', '{}', now())`,
    [ours],
    "COMMIT",
  );
  for (const statement of [
    "DELETE FROM syslog_queue",
    "UPDATE syslog_queue SET number = 7",
    "DELETE FROM syslog_collector",
    "UPDATE syslog_collector SET numbered = 7",
  ])
    expect((await run(ourToken, statement, [], "COMMIT")).rowCount).toBe(0);
  const insert = "INSERT INTO syslog_queue (organization_id, entry_id) VALUES ($1, uuid7())";
  await expect(run(ourToken, insert, [ours])).rejects.toThrow(/row-level security/);
  // Nor by the trigger's function, on a table of its own.
  await expect(
    run(
      ourToken,
      `DO $$ BEGIN
         CREATE TEMP TABLE mine (organization_id uuid, id uuid);
         CREATE TRIGGER queue AFTER INSERT ON mine REFERENCING NEW TABLE AS added
           FOR EACH STATEMENT EXECUTE FUNCTION queue_for_syslog();
         INSERT INTO mine VALUES ('${theirs}', gen_random_uuid());
       END $$`,
    ),
  ).rejects.toMatchObject({ code: "42501" });
  expect((await db.pool.query("SELECT number FROM syslog_queue")).rows).toEqual([{ number: null }]);
  expect((await db.pool.query("DELETE FROM syslog_collector")).rowCount).toBe(1);
});

it("forgets the organization with the transaction", async () => {
  await run(ourToken, "SELECT");
  expect((await service.query("SELECT FROM phone")).rowCount).toBe(0);
});

it.each([
  ["the id of another organization alone", theirs],
  ["our token with the id of another organization", ourToken.replace(ours, theirs)],
  ["the token of another organization without its end", theirToken.slice(0, -1)],
  ["something else", "'; DROP TABLE phone"],
  ["only a dot", "."],
])("shows nothing to a transaction that names %s", async (_, scope) => {
  expect((await run(theirToken, "SELECT FROM phone")).rowCount).toBeGreaterThan(0);
  expect((await run(scope, "SELECT FROM phone")).rowCount).toBe(0);
});

it.each([
  "SELECT scope.token(gen_random_uuid())",
  "SELECT * FROM scope.secret",
  "ALTER TABLE phone DISABLE ROW LEVEL SECURITY",
  "DROP POLICY of_organization ON phone",
  "CREATE POLICY more ON phone USING (true)",
  "CREATE FUNCTION scope.more() RETURNS void LANGUAGE sql AS ''",
])("does not let the service %s", async (statement) => {
  await expect(run(ourToken, statement)).rejects.toMatchObject({ code: "42501" });
});

it("does not let the service become the role for all organizations", async () => {
  const { rows } = await db.pool.query("SELECT current_user AS role");
  await expect(run(ourToken, `SET ROLE ${rows[0].role}`)).rejects.toMatchObject({ code: "42501" });
});

it("fails instead of hiding rows if policies are switched off for the session", async () => {
  await expect(run(ourToken, "SET row_security = off; SELECT FROM phone")).rejects.toMatchObject({
    code: "42501",
  });
});

it("keeps organizations apart in functions that read as the owner", async () => {
  const everyone = ["ada@example.com"];
  for (const organizationId of [ours, theirs]) {
    await db.pool.query("UPDATE contact SET email = $2, name = 'Ada' WHERE organization_id = $1", [
      organizationId,
      everyone[0],
    ]);
  }
  const byEmail = "SELECT contact_id FROM scope.contacts_with_email($1)";
  const byName = "SELECT contact_id FROM scope.contacts_named('%Ada%', NULL, NULL, NULL, 10)";
  for (const [statement, values] of [
    [byEmail, [everyone]],
    [byName, []],
  ] as const) {
    const counted = async (scope: string | null) =>
      (await run(scope, statement, [...values])).rowCount;
    expect([await counted(null), await counted(ourToken), await counted(theirToken)]).toEqual([
      0, 1, 1,
    ]);
  }
});

describe("the queue of jobs", () => {
  const add = "SELECT graphile_worker.add_job('test', $1::json, 'a queue', job_key := $2)";
  const toPayload = (organizationId: string) => JSON.stringify({ organizationId });
  const theirKey = `test ${theirs}`;
  beforeAll(async () => {
    await db.pool.query(add, [toPayload(theirs), theirKey]);
  });

  const readTheirJobs = async () => {
    const { rows } = await db.pool.query(
      `SELECT key, run_at, attempts, identifier, queue_name, queue.locked_at FROM graphile_worker._private_jobs AS job
       JOIN graphile_worker._private_tasks AS task ON task.id = task_id
       JOIN graphile_worker._private_job_queues AS queue ON queue.id = job_queue_id
       WHERE key = $1`,
      [theirKey],
    );
    return rows;
  };

  it("lets a transaction queue jobs of its own organization only", async () => {
    expect((await run(ourToken, add, [toPayload(ours), "ours"])).rowCount).toBe(1);
    for (const scope of [ourToken, null]) {
      await expect(run(scope, add, [toPayload(theirs), "more"])).rejects.toThrow(
        /row-level security/,
      );
      await expect(run(scope, add, ["{}", "more"])).rejects.toThrow(/row-level security/);
    }
  });

  it("shows a transaction only the jobs of its own organization", async () => {
    for (const jobs of ["graphile_worker.jobs", "graphile_worker._private_jobs"]) {
      expect((await run(theirToken, `SELECT FROM ${jobs}`)).rowCount).toBe(1);
      expect((await run(ourToken, `SELECT FROM ${jobs}`)).rowCount).toBe(0);
    }
  });

  it.each([
    "DELETE FROM graphile_worker._private_jobs",
    "UPDATE graphile_worker._private_jobs SET run_at = 'infinity'",
    "UPDATE graphile_worker._private_job_queues SET locked_at = now(), locked_by = 'nobody'",
    "DELETE FROM graphile_worker._private_job_queues",
    "UPDATE graphile_worker._private_tasks SET identifier = 'other'",
    "SELECT graphile_worker.remove_job($1)",
  ])("keeps the jobs of other organizations from %s", async (statement) => {
    const before = await readTheirJobs();
    expect(before).toHaveLength(1);
    await run(ourToken, statement.replace("$1", `'${theirKey}'`), [], "COMMIT");
    expect(await readTheirJobs()).toEqual(before);
  });
});
