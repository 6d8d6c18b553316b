import path from "node:path";
import { keptSecret } from "@ringfence/db/postgres";
import type { Demo } from "../demo/demo.ts";

/** Loads the demo into an embedded database. */
export async function loadDemo(databaseUrl: string, stateFolder: string): Promise<Demo> {
  // Not before: on a fresh clone the client of the database is generated first.
  const { openDb } = await import("@ringfence/db");
  const { seed } = await import("../demo/seed.ts");
  const db = openDb(databaseUrl);
  try {
    return await seed(db, apiSecretOf(stateFolder));
  } finally {
    await db.close();
  }
}

/** The secret of the demo's API key, the same from start to start. */
export const apiSecretOf = (stateFolder: string) =>
  Buffer.from(keptSecret(path.join(stateFolder, "demo-api-secret")), "base64url");
