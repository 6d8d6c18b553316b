/** What waits: how much, and since when; null where nothing does. */
type Waiting = { count: number; since: Date | null };

/** How the log keeps up: all is signed, or will be in a moment; or what does not run. */
export type LogLag =
  | { state: "kept-up" }
  /** Nothing gives entries their places: no worker runs, or the database cannot be written. */
  | { state: "not-placed"; since: Date }
  /** Entries have their places and no signature: no worker signs, or the signer refuses to. */
  | { state: "not-signed"; since: Date };

/** Many times what a worker under load takes. */
const PATIENCE_MS = 60_000;

/** How a log keeps up at an instant, by what waits for a place and what has one and is not signed. */
export function findLogLag(at: Date, waiting: Waiting, unsigned: Waiting): LogLag {
  const isOver = (since: Date | null): since is Date =>
    since !== null && at.getTime() - since.getTime() > PATIENCE_MS;
  if (isOver(waiting.since)) return { state: "not-placed", since: waiting.since };
  if (isOver(unsigned.since)) return { state: "not-signed", since: unsigned.since };
  return { state: "kept-up" };
}
