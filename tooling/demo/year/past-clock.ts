import { openDb, type Db } from "@ringfence/db";
import { Client } from "pg";

/** A clock that shows a time of the past to the connections of `db`, and to nobody else. */
export type PastClock = {
  db: Db;
  /** Sets the clock. It goes on from there. */
  set: (at: Date) => Promise<void>;
  close: () => Promise<void>;
};

/** Schema of the function. It exists only while the demo's year is created. */
const SCHEMA = "demo_clock";

/** Drops the schema, which is still there if a process was killed before it could close the clock. */
export async function removePastClock(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await dropSchema(owner);
  } finally {
    await owner.end();
  }
}

const dropSchema = (owner: Client) => owner.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);

/**
 * Opens connections on which `clock_timestamp()` shows the time that the story has reached, so that each verb writes
 * what it would have written on that day. PostgreSQL finds the function in the search path of these connections, before
 * its own. Only the owner of the embedded database can create it, and `close` removes it.
 */
export async function openPastClock(ownerUrl: string, url: string): Promise<PastClock> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  // PostgreSQL inlines the expression, so the clock does not slow queries down.
  const set = (shift: string) =>
    owner.query(
      `CREATE OR REPLACE FUNCTION ${SCHEMA}.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
       RETURN pg_catalog.clock_timestamp() + interval '${shift}'`,
    );
  await dropSchema(owner);
  await owner.query(`CREATE SCHEMA ${SCHEMA}`);
  await owner.query(`GRANT USAGE ON SCHEMA ${SCHEMA} TO PUBLIC`);
  await set("0 s");
  const db = openDb(withSearchPath(url, `${SCHEMA},public,pg_catalog`));
  return {
    db,
    async set(at) {
      await set(`${at.getTime() - Date.now()} ms`);
    },
    async close() {
      await db.close();
      await dropSchema(owner);
      await owner.end();
    },
  };
}

function withSearchPath(address: string, schemas: string): string {
  const url = new URL(address);
  const options = url.searchParams.get("options") ?? "";
  url.searchParams.set("options", `${options} -c search_path=${schemas}`.trim());
  return url.href;
}
