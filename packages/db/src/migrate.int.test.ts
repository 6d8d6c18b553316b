import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrationsFolder } from "./apply-migrations.ts";
import { aDatabase, toOwnerUrl } from "@ringfence/db/testing";
import { Client } from "pg";
import { expect, inject, it, onTestFinished } from "vitest";
import { withDatabase } from "../testing/database.ts";
import { openDb } from "./client.ts";
import { isMigrated, migrate, runPrisma } from "./migrate.ts";

/** The addresses of a migrated database. */
async function migrated() {
  const url = await aDatabase();
  return { ownerUrl: toOwnerUrl(url), url };
}

/** Changes what a database remembers of its first migration. */
async function remember(ownerUrl: string, sql: string) {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(`UPDATE _prisma_migrations SET ${sql} WHERE migration_name = '0001_init'`);
  await client.end();
}

it("creates a missing database, even when two ask at once", async () => {
  const { base, service, template } = inject("postgres");
  const ownerUrl = withDatabase(base, `${template}_new`);
  const urls = { ownerUrl, url: withDatabase(service, `${template}_new`) };
  await Promise.all([migrate(urls), migrate(urls)]);
  expect(await migrate(urls)).toMatchObject({ url: urls.url });
});

it("refuses a database that went through another script of the same name", async () => {
  const urls = await migrated();
  await remember(urls.ownerUrl, "checksum = 'other'");
  await expect(migrate(urls)).rejects.toThrow(/migration 0001_init is not the one/);
});

it("refuses a database of a newer version", async () => {
  const urls = await migrated();
  await remember(urls.ownerUrl, "migration_name = '9999_later'");
  await expect(migrate(urls)).rejects.toThrow(
    /migration 9999_later, which this Ringfence does not/,
  );
});

it("knows which database has every migration", async () => {
  const whole = openDb(await aDatabase());
  const behindUrl = toOwnerUrl(await aDatabase());
  const behind = openDb(behindUrl, behindUrl);
  await behind.pool.query(`DELETE FROM _prisma_migrations WHERE migration_name = '0001_init'`);
  expect([await isMigrated(whole), await isMigrated(behind)]).toEqual([true, false]);
  await behind.pool.query("DROP TABLE _prisma_migrations");
  expect(await isMigrated(behind)).toBe(false);
  await Promise.all([whole.close(), behind.close()]);
});

it("makes what the schema describes, and nothing else", async () => {
  const compare = ["--from-config-datasource", "--to-schema", "prisma/schema"];
  const { stdout } = await runPrisma(toOwnerUrl(await aDatabase()), [
    "migrate",
    "diff",
    ...compare,
  ]);
  expect(stdout.trim()).toBe("No difference detected.");
});

it("makes ids of version 7, by the server itself where it can", async () => {
  const db = openDb(await aDatabase());
  const { rows } = await db.pool.query<{ id: string; isNative: boolean; can: boolean }>(`
    SELECT uuid7() AS id, prosrc ~ 'uuidv7' AS "isNative",
      current_setting('server_version_num')::int >= 180000 AS can
    FROM pg_proc WHERE proname = 'uuid7'`);
  await db.close();
  expect(rows).toEqual([
    {
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
      isNative: rows[0]?.can,
      can: rows[0]?.can,
    },
  ]);
});

/** A migrated database, and a folder that has one more migration with this script. */
async function migratedBut(script: string) {
  const urls = await migrated();
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(migrationsFolder, folder, { recursive: true });
  mkdirSync(path.join(folder, "9999_later"));
  const write = (text: string) =>
    writeFileSync(path.join(folder, "9999_later/migration.sql"), text);
  write(script);
  const select = async (statement: string) => {
    const client = new Client({ connectionString: urls.ownerUrl });
    await client.connect();
    const { rows } = await client.query(statement);
    await client.end();
    return rows;
  };
  return { urls, folder, write, select, migrate: () => migrate(urls, folder) };
}

it("leaves nothing of a migration that fails, says what PostgreSQL says, and goes on with a corrected one", async () => {
  const { urls, write, select, ...later } = await migratedBut(
    "CREATE TABLE planted (id int);\nSELECT 1 / 0;\n",
  );
  const fault = /could not be migrated:[^]*division by zero[^]*9999_later/;
  await expect(later.migrate()).rejects.toThrow(fault);
  await expect(later.migrate()).rejects.toThrow(fault);
  const planted = "SELECT count(*)::int FROM pg_class WHERE relname = 'planted'";
  expect(await select(planted)).toEqual([{ count: 0 }]);
  // The version before still starts on it.
  expect(await migrate(urls)).toMatchObject({ url: urls.url });

  write("CREATE TABLE planted (id int);\n");
  expect(await later.migrate()).toMatchObject({ url: urls.url });
  expect(await select(planted)).toEqual([{ count: 1 }]);
  await expect(migrate(urls)).rejects.toThrow(/9999_later, which this Ringfence does not know/);
});

it("does not repeat a migration that was interrupted, because its work may be there", async () => {
  const { select, ...later } = await migratedBut("CREATE TABLE planted (id int);\n");
  await select(`
    INSERT INTO _prisma_migrations (id, checksum, migration_name)
    VALUES ('interrupted', 'none', '9999_later')`);
  await expect(later.migrate()).rejects.toThrow(/`9999_later` migration started at .+ failed/);
  await select("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'interrupted'");
  await later.migrate();
  const applied =
    "SELECT finished_at FROM _prisma_migrations WHERE migration_name = '9999_later' AND finished_at IS NOT NULL";
  expect(await select(applied)).toHaveLength(1);
});
