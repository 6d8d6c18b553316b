import { randomUUID } from "node:crypto";
import { expect, inject, it } from "vitest";
import { openDb } from "./client.ts";
import { isMigrated } from "./is-migrated.ts";

const { base, template } = inject("postgres");

/** A database of its own, a copy of `model`. */
async function aCopyOf(model: string) {
  const name = `copy_${randomUUID().replaceAll("-", "")}`;
  const admin = openDb(`${base}/postgres`);
  await admin.pool.query(`CREATE DATABASE ${name} TEMPLATE ${model}`);
  await admin.close();
  return openDb(`${base}/${name}`);
}

it("knows a database that has every migration", async () => {
  const db = await aCopyOf(template);
  expect(await isMigrated(db)).toBe(true);

  await db.pool.query(`UPDATE _prisma_migrations SET finished_at = NULL
    WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`);
  expect(await isMigrated(db)).toBe(false);
  await db.close();
});

it("knows one that has none", async () => {
  const db = await aCopyOf("template1");
  expect(await isMigrated(db)).toBe(false);
  await db.close();
});
