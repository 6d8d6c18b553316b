import type { RootContext } from "@ringfence/services/context";

/** Names of columns whose text people write freely. */
const free = [
  "name",
  "title",
  "reason",
  "note",
  "text",
  "reference",
  "operator",
  "file_name",
  "label",
  "label_contract",
  "detail",
  "city",
];

/**
 * Writes texts over all that people wrote in an organization, past every check of ours and every trigger.
 * Returns the columns; one whose constraint refuses the text keeps what it has.
 */
export async function overwriteTexts(
  { db, organizationId }: Pick<RootContext, "db" | "organizationId">,
  texts: readonly string[],
): Promise<string[]> {
  const { rows: columns } = await db.pool.query<{ table: string; column: string }>(
    `SELECT quote_ident(one.table_name) AS table, quote_ident(one.column_name) AS column
     FROM information_schema.columns one
     JOIN information_schema.columns owner USING (table_schema, table_name)
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE'
       AND owner.column_name = 'organization_id'
       AND one.data_type = 'text' AND one.column_name = ANY($1)
     ORDER BY one.table_name, one.column_name`,
    [free],
  );
  const overwritten: string[] = [];
  const client = await db.pool.connect();
  try {
    await client.query("SET session_replication_role = replica");
    for (const [index, { table, column }] of columns.entries()) {
      // Distinct, because names are unique.
      const statement = `UPDATE ${table} SET ${column} = $1 || ' ' || ctid
        WHERE organization_id = $2 AND ${column} IS NOT NULL`;
      const text = texts[index % texts.length];
      const rows = await client.query(statement, [text, organizationId]).then(
        ({ rowCount }) => rowCount ?? 0,
        () => 0,
      );
      if (rows > 0) overwritten.push(`${table}.${column}`);
    }
    await client.query("UPDATE organization SET name = $1 WHERE id = $2", [
      texts[0],
      organizationId,
    ]);
  } finally {
    await client.query("RESET session_replication_role");
    client.release();
  }
  return overwritten;
}
