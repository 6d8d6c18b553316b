import type { TransactionContext } from "../context.ts";

/** What follows one another within an organization, because no constraint keeps it apart. */
type Lock =
  | "confirmations"
  /** Lock on which disclosures are archived. Taken after a form's lock, never before it. */
  | "disclosures"
  /** Whose phone it is. Held before phones are interned or locked, never after. */
  | "contacts"
  /** Who is erased. Held before "contacts", never after; shared by those that write what people did. */
  | "erasure"
  | "misreads"
  | "opt-out-feed"
  | "segments"
  | "violations"
  | `consent:${string}`
  /** Burst of an address, by the address key in hex; empty for all addresses. Held after phones. */
  | `burst:${string}`;

/** Waits until no other transaction of the organization holds this lock; holds it until the end. */
export async function holdLock(ctx: TransactionContext, lock: Lock) {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${nameOf(ctx, lock)}, 0))`;
}

/** Waits until nobody holds this lock, and lets nobody hold it until the end; others may share it. */
export async function shareLock(ctx: TransactionContext, lock: Lock) {
  const name = nameOf(ctx, lock);
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`;
}

const nameOf = ({ organizationId }: TransactionContext, lock: Lock) => `${organizationId}/${lock}`;
