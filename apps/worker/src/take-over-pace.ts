/** How often a worker says that a run goes on. */
export const BEAT_MS = 5_000;

/** How often workers look for runs whose worker fell silent: `reviveRuns`. */
export const REVIVE_MS = 5_000;

/** How often the queue is asked for jobs that nobody announced, as those that were freed. */
export const POLL_MS = 2_000;
