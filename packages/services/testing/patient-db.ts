import type { Db } from "@ringfence/db";
import type { QueryConfig } from "pg";
import { db } from "./scenes.ts";

/**
 * Returns the database of the tests with a pool whose statements have no time limit, and a function that counts the
 * statements sent through `pool.query` of it so far. Anything else is not counted.
 */
export function patientDb(): { db: Db; asked: () => number } {
  let asked = 0;
  const pool: Db["pool"] = Object.create(db.pool, {
    query: {
      value: (statement: QueryConfig) => {
        asked++;
        const patient = { ...statement, query_timeout: 0 };
        return db.pool.query(patient);
      },
    },
  });
  return { db: { ...db, pool }, asked: () => asked };
}
