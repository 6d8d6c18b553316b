const MINUTE = 60;
const HOUR = 3_600;

/** As Standard Webhooks suggests: soon, for what is restarted, and then ever later, for three days. */
const delaysSeconds = [
  5,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  20 * HOUR,
];

/** Whoever says so waits no longer than this. */
const LONGEST = 24 * HOUR;

/**
 * How many seconds after the `attempts`-th attempt, which failed, the next one follows; null: none does.
 * `askedSeconds`: the other side asked not to be tried before (`Retry-After`, RFC 9110).
 */
export function retryDelay(attempts: number, askedSeconds: number | null): number | null {
  const delay = delaysSeconds[attempts - 1];
  if (delay === undefined) return null;
  return Math.max(delay, Math.min(askedSeconds ?? 0, LONGEST));
}
