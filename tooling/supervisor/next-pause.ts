const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 60;

/**
 * Tells how long to wait before a part starts again: a second, twice as long after each further end, a minute
 * at most. One that ran for a minute begins anew. `before` is the last wait, null where there was none.
 */
export const nextPause = (before: number | null, ranSeconds: number): number =>
  before === null || ranSeconds >= LONGEST_SECONDS
    ? FIRST_SECONDS
    : Math.min(before * 2, LONGEST_SECONDS);
