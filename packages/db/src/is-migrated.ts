import { readdirSync } from "node:fs";
import path from "node:path";
import type { Db } from "./client.ts";

const folder = path.resolve(import.meta.dirname, "../prisma/migrations");

/** Whether a database has every migration that this code counts on. */
export async function isMigrated({ pool }: Pick<Db, "pool">): Promise<boolean> {
  const files = readdirSync(folder, { withFileTypes: true });
  const needed = files.filter((file) => file.isDirectory()).map(({ name }) => name);
  const { rows } = await pool.query<{ lacks: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NULL AS lacks`,
  );
  if (rows.some(({ lacks }) => lacks)) return false;
  const { rowCount } = await pool.query(
    `SELECT FROM _prisma_migrations
      WHERE migration_name = ANY($1) AND finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    [needed],
  );
  return rowCount === needed.length;
}
