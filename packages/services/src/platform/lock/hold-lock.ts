import type { TransactionContext } from "../context.ts";

/** Names of the locks of an organization, for what no database constraint protects. */
type Lock =
  | "confirmations"
  /** Lock on which disclosures are archived. Taken after a form's lock, never before it. */
  | "disclosures"
  /** Ownership of phones. Taken before phones are interned or locked, never after. */
  | "contacts"
  /** Erasure of people. Taken before "contacts", never after; shared by those that record activities. */
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
  await ctx.db
    .$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${lockName(ctx, lock)}, 0))`;
}

/** Takes a lock in shared mode until the transaction ends: others may share it, but not hold it. */
export async function shareLock(ctx: TransactionContext, lock: Lock) {
  const name = lockName(ctx, lock);
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`;
}

const lockName = ({ organizationId }: TransactionContext, lock: Lock) =>
  `${organizationId}/${lock}`;
