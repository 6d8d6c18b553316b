import type { TransactionContext } from "../context.ts";

/** What follows one another within an organization, because no constraint keeps it apart. */
type Lock =
  | "confirmations"
  /** Whose phone it is, and who is erased. Held before phones are interned or locked, never after. */
  | "contacts"
  | "misreads"
  | "opt-out-feed"
  | "segments"
  | "violations"
  | `consent:${string}`;

/** Waits until no other transaction of the organization holds this lock; holds it until the end. */
export async function holdLock({ db, organizationId }: TransactionContext, lock: Lock) {
  const name = `${organizationId}/${lock}`;
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
