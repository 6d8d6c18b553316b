import type { Db } from "./client.ts";

/** True if every one of these migrations was applied to a database. */
export async function hasMigrations(
  { pool }: Pick<Db, "pool">,
  names: readonly string[],
): Promise<boolean> {
  const table = await pool.query(
    `SELECT FROM pg_class WHERE oid = to_regclass('_prisma_migrations')`,
  );
  if (table.rowCount === 0) return false;
  const { rowCount } = await pool.query(
    `SELECT FROM _prisma_migrations
     WHERE migration_name = ANY($1) AND finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    [names],
  );
  return rowCount === names.length;
}
