import { sql } from "kysely";
import type { TransactionContext } from "./context.ts";

/**
 * Makes the commit of this transaction wait until a standby has everything that was committed before it, where
 * replication is synchronous. Call it before you answer "this is on record already": a transaction that only reads waits
 * for nobody, so it may find a refusal that the primary has and that a fail-over is about to lose. It writes a message
 * that nobody reads, which a server that is no longer the primary refuses (25006 or 55000, as for every change).
 */
export async function confirmReplication({ db }: TransactionContext) {
  await sql`SELECT FROM pg_logical_emit_message(true, 'ringfence', '')`.execute(db.$kysely);
}
