import { asOwner } from "@ringfence/db/testing";
import { db } from "./scenes.ts";

/** Runs statements as a role that may only read and insert, and so changes no row and no trigger. */
export function asWriter(...statements: readonly { text: string; values?: unknown[] }[]) {
  // Roles belong to the whole server, where other databases are tested too.
  const role = `writer_${process.pid}_${serial++}`;
  return asOwner(db, async (client) => {
    try {
      await client.query(`CREATE ROLE ${role} BYPASSRLS;
        GRANT USAGE ON SCHEMA public, ledger, vault TO ${role};
        GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public, ledger, vault TO ${role};
        SET ROLE ${role}`);
      for (const { text, values = [] } of statements) await client.query(text, values);
    } finally {
      await client.query(`RESET ROLE; DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });
}

let serial = 0;
