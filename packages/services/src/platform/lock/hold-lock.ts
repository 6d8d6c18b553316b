import type { TransactionContext } from "../context.ts";

/**
 * Names of the locks of an organization, for what no database constraint protects. Where one transaction takes
 * several, the comments say in which order, so that two of them cannot deadlock.
 */
type Lock =
  /**
   * Calls that open complaints are about, so that a call and a complaint that are recorded at once find each other. Taken
   * after phones and before a complaint is locked; shared by logs of calls, at their end.
   */
  | "complaint-calls"
  /** Limits on the messages that a person, a mailbox or a form gets in a day. */
  | "confirmations"
  /** Lock on which disclosures are archived. Taken after a form's lock, never before it. */
  | "disclosures"
  /** Ownership of phones. Taken before phones are added or locked, never after. */
  | "contacts"
  /** Limits on the codes that members issue. Taken before phones. */
  | "handed-out-codes"
  /** Declared emergencies, so that a place has at most one. */
  | "emergencies"
  /**
   * Erasure of people. Taken before "contacts", never after; shared by imports of people, and by what records
   * activities.
   */
  | "erasure"
  /**
   * Legal holds, so that a sweep or an erasure sees each that was placed before. Taken after "erasure" and "contacts",
   * and before phones.
   */
  | "legal-holds"
  /** Previews of an upcoming law that run at once. */
  | "law-previews"
  /** Opt-outs with an unreadable number, so that a repeated one is saved once. */
  | "misreads"
  /** Drafts of policies, and their publication. */
  | "policies"
  /** Positions in the change feed of opt-outs. */
  | "opt-out-feed"
  /** Sign-ins at the identity provider: two of them must not make or link the same member. */
  | "provider-sign-ins"
  /** Policies of retention and their sweeps. Taken before all others. */
  | "retention"
  /** Names of segments, and which segment refers to which. Shared by those that begin to use one. */
  | "segments"
  /** Names of saved views. */
  | "saved-views"
  /**
   * Settings of the identity provider. A change holds the lock, and whatever opens a session shares it, so that no
   * session is opened under settings that were just replaced. Taken before members are locked, and after
   * "provider-sign-ins".
   */
  | "identity-provider"
  /** Judgement of queued calls. */
  | "violations"
  /** Burst of an address, by the address key in hex; empty for all addresses. Held after phones. */
  | `burst:${string}`;

/**
 * Waits until no other transaction of the organization holds or shares this lock, then holds it until the transaction
 * ends. Taking it twice does no harm. Sharing it first and then holding it does: two that do so wait for each other.
 */
export async function holdLock(ctx: TransactionContext, lock: Lock) {
  await ctx.db
    .$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${lockName(ctx, lock)}, 0))`;
}

/**
 * Waits until no other transaction holds this lock, then shares it until the transaction ends: others may share it, but
 * not hold it.
 */
export async function shareLock(ctx: TransactionContext, lock: Lock) {
  const name = lockName(ctx, lock);
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`;
}

const lockName = ({ organizationId }: TransactionContext, lock: Lock) =>
  `${organizationId}/${lock}`;
