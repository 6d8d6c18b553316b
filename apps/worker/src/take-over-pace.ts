/** How often a worker renews its claim on a run. */
export const BEAT_MS = 5_000;

/** How often workers look for runs whose worker fell silent: `reviveRuns`. */
export const REVIVE_MS = 5_000;

/** How often the queue is polled for jobs that nobody announced, such as released ones. */
export const POLL_MS = 2_000;
