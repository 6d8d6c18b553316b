const MINUTE = 60;
const HOUR = 3_600;

/** Delays between attempts, as suggested by Standard Webhooks: short at first, then longer, over three days. */
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

/** Maximum delay that the other side can ask for. */
const MAX_DELAY = 24 * HOUR;

/**
 * Returns the seconds to wait after failed attempt number `attempts`, counted from 1; null after the last one.
 * `requestedSeconds`: delay that the other side asked for (`Retry-After`, RFC 9110), which can only lengthen it.
 */
export function findRetryDelay(attempts: number, requestedSeconds: number | null): number | null {
  const delay = delaysSeconds[attempts - 1];
  if (delay === undefined) return null;
  return Math.max(delay, Math.min(requestedSeconds ?? 0, MAX_DELAY));
}
