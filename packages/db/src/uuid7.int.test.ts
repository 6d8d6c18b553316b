import { readFileSync } from "node:fs";
import path from "node:path";
import { asOwner, openTestDb } from "@ringfence/db/testing";
import { beforeAll, expect, it } from "vitest";

const db = await openTestDb();
const file = "../prisma/migrations/0251_uuid7_in_order/migration.sql";
const migration = readFileSync(path.resolve(import.meta.dirname, file), "utf8");

/** The function that PostgreSQL before 18 gets, under a name of its own. */
beforeAll(async () => {
  const [create = ""] = /CREATE OR REPLACE FUNCTION uuid7\(\)[^;]+;/u.exec(migration) ?? [];
  await asOwner(db, (owner) => owner.query(create.replace("uuid7()", "older_uuid7()")));
});

it.for(["uuid7", "older_uuid7"])("makes ids with %s that sort as they were made", async (name) => {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT ${name}() AS id FROM generate_series(1, 5000)`,
  );
  const ids = rows.map(({ id }) => id);
  expect(new Set(ids.map((id) => id.slice(0, 13))).size).toBeLessThan(ids.length / 10);
  expect(ids).toEqual(ids.toSorted());
});

it.for(["uuid7", "older_uuid7"])("makes ids of version 7 with %s, of this moment", async (name) => {
  const { rows } = await db.pool.query<{ id: string; earliest: string; latest: string }>(
    `WITH before AS MATERIALIZED (SELECT clock_timestamp() AS at),
       made AS MATERIALIZED (SELECT ${name}() AS id, at FROM before)
     SELECT id, floor(extract(epoch FROM at) * 1000) AS earliest,
       floor(extract(epoch FROM clock_timestamp()) * 1000) AS latest FROM made`,
  );
  const { id = "", earliest, latest } = rows[0] ?? {};
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  const milliseconds = Number.parseInt(id.replace("-", "").slice(0, 12), 16);
  expect(milliseconds).toBeGreaterThanOrEqual(Number(earliest));
  expect(milliseconds).toBeLessThanOrEqual(Number(latest));
});
