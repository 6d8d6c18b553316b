import type { Db } from "@ringfence/db";
import type { QueryConfig } from "pg";
import { db } from "./scenes.ts";

/** The same database, with patience, and how many statements it was asked on the bare pool. */
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
