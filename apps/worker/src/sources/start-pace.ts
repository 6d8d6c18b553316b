import { stat } from "node:fs/promises";
import type { RunProgress } from "@ringfence/core/platform/run";
import type { PublishedFile } from "./publication.ts";

type Report = (progress: RunProgress) => void;

/**
 * How far a reading is over both of its parts: files are fetched, and then read. Each counts all of their
 * bytes, so that what is left of the whole can be told while the first goes on.
 */
export function startPace(report: Report) {
  let fetched = 0;
  return {
    /** So many bytes more have come, of as many as all files have; null where nobody says it. */
    onBytes: (more: number, all: number | null) => {
      fetched += more;
      const totalBytes = 2 * Math.max(all ?? 0, fetched);
      report({ rows: 0, bytes: fetched, ...(all !== null && { totalBytes }) });
    },
    /** What reads files tells how far in them it is. */
    async reading(files: readonly PublishedFile[]): Promise<Report> {
      const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
      const all = sizes.reduce((sum, size) => sum + size, 0);
      return ({ rows, bytes }) =>
        report({ rows, bytes: fetched + bytes, totalBytes: fetched + Math.max(all, bytes) });
    },
  };
}
