import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import { type Db, openDb } from "../src/client.ts";
import { withDatabase } from "./database.ts";

const { base, service, template } = inject("postgres");

/** The service's address of a migrated database that nobody else has; dropped at the end of the run. */
export async function aDatabase() {
  const name = `${template}_${randomBytes(6).toString("hex")}`;
  // Half as long as the default, which writes every page to the log of changes as well.
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return withDatabase(service, name);
}

/** The address at which the owner of a test database reaches it. */
export const toOwnerUrl = (url: string) => withDatabase(base, new URL(url).pathname.slice(1));

/**
 * Runs work on a connection of the owner of a test database, for what the service may not do: to change tables, to
 * disable triggers, to rewrite what is on record.
 */
export async function asOwner<T>(
  { url }: Pick<Db, "url">,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: toOwnerUrl(url) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
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

/** Runs a statement as the administrator of the server. */
export async function onServer(sql: string) {
  const client = new Client({ connectionString: base });
  await client.connect();
  await client.query(sql);
  await client.end();
}
