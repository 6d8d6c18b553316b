const FIRST_SECONDS = 1;
const LONGEST_SECONDS = 60;

/**
 * Returns how long to wait before restarting a part: a second, doubled after each further end, a
 * minute at most. A part that ran for a minute begins anew. `before` is the last wait, null if
 * there was none.
 */
export const nextPause = (before: number | null, ranSeconds: number): number =>
  before === null || ranSeconds >= LONGEST_SECONDS
    ? FIRST_SECONDS
    : Math.min(before * 2, LONGEST_SECONDS);
