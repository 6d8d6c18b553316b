import { openDb, type Db } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { startPostgres } from "@ringfence/db/postgres";

/** Runs a durable PostgreSQL for one benchmark, whose data is kept for the next run. */
export async function withPostgres<T>(
  stateFolder: string,
  work: (db: Db, url: string) => Promise<T>,
  { maxWal = "8GB" } = {},
): Promise<T> {
  const settings = { shared_buffers: "2GB", max_wal_size: maxWal, work_mem: "64MB" };
  const postgres = await startPostgres({ stateFolder, settings });
  try {
    const url = postgres.url("bench");
    await migrate(url);
    const db = openDb(url);
    try {
      return await work(db, url);
    } finally {
      await db.close();
    }
  } finally {
    await postgres.stop();
  }
}
