import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { asOwner } from "@ringfence/db/testing";

/** Lists the tables of all schemas whose rows name their organization in a column. */
async function listTenantTables({ pool }: Db) {
  const { rows } = await pool.query<{ name: string }>(`
    SELECT format('%I.%I', table_schema, table_name) AS name
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE column_name = 'organization_id' AND table_type = 'BASE TABLE' ORDER BY name`);
  return rows.map(({ name }) => name);
}

/** Reads the row of an organization, and all rows of all schemas that name it in their column. */
export async function createTenantReader(db: Db) {
  const { pool } = db;
  const tables = await listTenantTables(db);
  const fromEach = (select: (rows: string, name: string) => string) =>
    [
      select("organization AS row WHERE id = $1::uuid", "organization"),
      ...tables.map((name) => select(`${name} AS row WHERE organization_id = $1::uuid`, name)),
    ].join(" UNION ALL ");

  const digests = fromEach(
    (rows, name) => `SELECT '${name}' AS name,
      md5(string_agg(row::text, ',' ORDER BY row::text)) AS digest FROM ${rows}`,
  );
  const jobs = `SELECT 'jobs' AS name, md5(string_agg(row::text, ',' ORDER BY row::text)) AS digest
    FROM graphile_worker._private_jobs AS row WHERE strpos(payload::text, $1::text) > 0`;
  /** A digest of each table's rows, and of the jobs, in the order of their names, so that two readings can be compared. */
  const readDigests = async (organizationId: OrganizationId) => {
    const { rows } = await pool.query<{ name: string; digest: string | null }>(
      `${digests} UNION ALL ${jobs} ORDER BY name`,
      [organizationId],
    );
    return new Map(rows.map(({ name, digest }) => [name, digest]));
  };

  const values = fromEach((rows) => `SELECT to_jsonb(row) AS value FROM ${rows}`);
  /** All texts in the rows, those inside of JSON too. */
  const readTexts = async (organizationId: OrganizationId) => {
    const { rows } = await pool.query<{ value: unknown }>(values, [organizationId]);
    return new Set(rows.flatMap(({ value }) => listTexts(value)));
  };

  const named = fromEach(
    (rows, name) => `SELECT '${name}' AS name, row::text AS text FROM ${rows} AND row::text ~ $2`,
  );
  /** Rows that name one of these ids, by table. */
  const readRowsNaming = async (organizationId: OrganizationId, ids: readonly string[]) => {
    const { rows } = await pool.query<{ name: string; text: string }>(`${named} ORDER BY 1, 2`, [
      organizationId,
      ids.join("|"),
    ]);
    return rows.map(({ name, text }) => `${name} ${text}`);
  };
  return { readDigests, readTexts, readRowsNaming };
}

/**
 * Counts the statements that may have changed rows of an organization, and the jobs, until it is closed. A transaction
 * that is undone stays counted. Asking it is much cheaper than reading digests.
 */
export async function createChangeCounter(db: Db) {
  const tables = ["organization", "graphile_worker._private_jobs", ...(await listTenantTables(db))];
  const triggers = tables.map(
    (table) => `CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table}
      EXECUTE FUNCTION count_change();`,
  );
  await asOwner(db, (client) =>
    client.query(`
      CREATE SEQUENCE change_count;
      GRANT SELECT ON change_count TO PUBLIC;
      CREATE FUNCTION count_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        $$ BEGIN PERFORM nextval('public.change_count'); RETURN NULL; END $$;
      ${triggers.join("\n")}`),
  );
  const readCount = async () => {
    const { rows } = await db.pool.query<{ count: string }>(
      "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS count FROM change_count",
    );
    return Number(rows[0]?.count);
  };
  const close = () =>
    asOwner(db, (client) =>
      client.query("DROP FUNCTION count_change CASCADE; DROP SEQUENCE change_count"),
    );
  return { readCount, close };
}

const listTexts = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(listTexts)
      : [];
