import { sql } from "kysely";
import type { Transaction } from "@ringfence/db";

/**
 * Makes the commit of this transaction wait until a standby has everything that was committed before it, where
 * replication is synchronous. Call it before you answer "this is on record already": a transaction that only reads waits
 * for nobody, so it may find a refusal that the primary has and that a fail-over is about to lose. It writes a message
 * that nobody reads, which a standby refuses.
 */
export async function confirmReplication({ db }: { db: Pick<Transaction, "$kysely"> }) {
  await sql`SELECT FROM pg_logical_emit_message(true, 'ringfence', '')`.execute(db.$kysely);
}
