/**
 * Lanes of the queue, and how many jobs of each a worker runs at once: all together, and of one organization. One
 * organization never fills a lane.
 *
 * - `long` reads and writes much: files, registries, segments. Organizations take turns.
 * - `usual` is everything else that no one waits for within seconds.
 * - `express` must start soon, such as deliveries of opt-outs. Its jobs are short or wait for other hosts.
 */
export const lanes = {
  long: { atOnce: 4, ofOne: 3 },
  usual: { atOnce: 4, ofOne: 3 },
  express: { atOnce: 10, ofOne: 8 },
} as const;

/** Connections of a lane besides those of its jobs: one listens, one takes jobs meanwhile. */
const MORE_CONNECTIONS = 2;

/** Counts the connections that a lane opens for the queue itself, besides the pools of its jobs. */
export const countLaneConnections = (lane: keyof typeof lanes): number =>
  lanes[lane].atOnce + MORE_CONNECTIONS;

/** Connections that a worker opens for all lanes of the queue. */
export const queueConnections: number =
  countLaneConnections("long") + countLaneConnections("usual") + countLaneConnections("express");
