import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import { openDb } from "../src/client.ts";
import { withDatabase } from "./database.ts";

const { base, template } = inject("postgres");

/** The address of a migrated database that nobody else has; dropped at the end of the run. */
export async function aDatabase() {
  const name = `${template}_${randomBytes(6).toString("hex")}`;
  // Half as long as the default, which writes every page to the log of changes as well.
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return withDatabase(base, name);
}

/** A connection to a database that only this test file has; both end with its last test. */
export async function openTestDb() {
  const url = await aDatabase();
  const db = openDb(url);
  afterAll(async () => {
    await db.close();
    await onServer(`DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
  });
  return db;
}

async function onServer(sql: string) {
  const client = new Client({ connectionString: base });
  await client.connect();
  await client.query(sql);
  await client.end();
}
