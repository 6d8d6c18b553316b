import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";

/** Reads the row of an organization, and all rows of all schemas that name it in their column. */
export async function createTenantReader({ pool }: Db) {
  const { rows: tables } = await pool.query<{ name: string }>(`
    SELECT format('%I.%I', table_schema, table_name) AS name
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE column_name = 'organization_id' AND table_type = 'BASE TABLE' ORDER BY name`);
  const fromEach = (select: (rows: string, name: string) => string) =>
    [
      select("organization AS row WHERE id = $1::uuid", "organization"),
      ...tables.map(({ name }) => select(`${name} AS row WHERE organization_id = $1::uuid`, name)),
    ].join(" UNION ALL ");

  const digests = fromEach(
    (rows, name) => `SELECT '${name}' AS name,
      md5(string_agg(row::text, ',' ORDER BY row::text)) AS digest FROM ${rows}`,
  );
  const jobs = `SELECT 'jobs' AS name, md5(string_agg(row::text, ',' ORDER BY row::text)) AS digest
    FROM graphile_worker._private_jobs AS row WHERE strpos(payload::text, $1::text) > 0`;
  /** A digest of each table's rows, and of the jobs. */
  const readDigests = async (organizationId: OrganizationId) => {
    const { rows } = await pool.query<{ name: string; digest: string | null }>(
      `${digests} UNION ALL ${jobs}`,
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

const listTexts = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(listTexts)
      : [];
