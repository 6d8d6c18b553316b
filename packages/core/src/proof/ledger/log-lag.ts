/** Number of waiting entries, and the time since which the oldest waits; null if none does. */
type Waiting = { count: number; since: Date | null };

/** State of the log: up to date, or what has stopped. */
export type LogLag =
  | { state: "kept-up" }
  /** Entries get no position in the log: no worker runs, or the database cannot be written. */
  | { state: "not-placed"; since: Date }
  /** Entries have a position, but no checkpoint is signed: no worker signs, or the signer refuses to. */
  | { state: "not-signed"; since: Date };

/** Many times longer than a worker under load takes. */
const PATIENCE_MS = 60_000;

/**
 * Finds what has stopped, from the entries that wait for a position and those that have one and wait for a
 * signature. Nothing counts as stopped before a minute has passed.
 */
export function findLogLag(at: Date, unplaced: Waiting, unsigned: Waiting): LogLag {
  const isOver = (since: Date | null): since is Date =>
    since !== null && at.getTime() - since.getTime() > PATIENCE_MS;
  if (isOver(unplaced.since)) return { state: "not-placed", since: unplaced.since };
  if (isOver(unsigned.since)) return { state: "not-signed", since: unsigned.since };
  return { state: "kept-up" };
}
