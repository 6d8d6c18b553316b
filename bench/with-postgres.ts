import { openDb, type Db } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { startPostgres } from "@ringfence/db/postgres";

/**
 * Runs a durable PostgreSQL for one benchmark, whose data is kept for the next run. `owner` loads data; `url` and
 * `service` are of the service, which is measured.
 */
export async function withPostgres<T>(
  stateFolder: string,
  work: (owner: Db, url: string, service: Db) => Promise<T>,
  { maxWal = "8GB" } = {},
): Promise<T> {
  const settings = { shared_buffers: "2GB", max_wal_size: maxWal, work_mem: "64MB" };
  const postgres = await startPostgres({ stateFolder, settings });
  try {
    const urls = postgres.urls("bench");
    await migrate(urls);
    const [owner, service] = [openDb(urls.ownerUrl, urls.ownerUrl), openDb(urls.url)];
    try {
      return await work(owner, urls.url, service);
    } finally {
      await Promise.all([owner.close(), service.close()]);
    }
  } finally {
    await postgres.stop();
  }
}
